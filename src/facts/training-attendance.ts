import { accountId, choice, defineFact, id, instant, number, text } from './fact.ts'

export const trainingAttendance = defineFact({
  id: 'training_attendance',
  name: 'Training attendance',
  plural: 'training attendances',
  says: 'One person of an account in one course, webinar or workshop.',
  placement: 'account',
  columns: {
    attendance_id: id('The attendance; without it account, person, course and time tell them apart', { aliases: ['id', 'enrollment_id', 'registration_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    contact_id: id('Who took part', { aliases: ['contact', 'user_id', 'learner', 'attendee', 'email', 'learner_email'] }),
    course: text('The course', { required: true, aliases: ['training', 'session', 'webinar', 'course_name', 'title', 'topic'] }),
    attended_at: instant('When it took place', { required: true, aliases: ['date', 'started_at', 'attended', 'session_date', 'at', 'enrolled_at'] }),
    minutes: number('How long the person was there', { aliases: ['duration', 'duration_minutes', 'time_spent'], min: 0 }),
    completed: choice('Whether the person completed it', {
      aliases: ['passed', 'finished', 'is_complete', 'status'],
      choices: {
        yes: ['yes', 'true', '1', 'completed', 'passed', 'finished', 'certified'],
        no: ['no', 'false', '0', 'in_progress', 'started', 'failed', 'registered', 'no_show'],
      },
    }),
  },
  identity: [['attendance_id'], ['account_id', 'contact_id', 'course', 'attended_at'], ['account_id', 'course', 'attended_at']],
  effective: 'attended_at',
  fileNames: ['training_attendance', 'training', 'attendance', 'webinar', 'course'],
})
