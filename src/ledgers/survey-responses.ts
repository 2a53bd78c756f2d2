import { trusted } from '../kernel/sql.ts'

/** Answers of one response share its id; where a tool gives none, those of one person to one survey at one time. */
export const RESPONSE = trusted("if(response_id != '', response_id, concat(survey_id, '|', contact_id, '|', toString(answered_at)))")

/** Who answered. An anonymous response stands for a person of its own. */
export const RESPONDENT = trusted("if(contact_id != '', contact_id, concat('?', response))")
