import { useId, useState } from 'react'
import type { ImportFile } from '../../../contract/imports.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { TextInput } from '../../ui/field.tsx'

type Question = ImportFile['ambiguities'][number]

interface QuestionsProps {
  readonly file: ImportFile
  readonly busy: boolean
  readonly onAnswer: (question: Question, value: string) => void
  /** One value for every row, where no column gives it. */
  readonly onConstant: (question: Question, value: string) => void
}

/** What a file cannot say by itself. Each answer is taken at once and the file is checked again. */
export function Questions({ file, busy, onAnswer, onConstant }: QuestionsProps) {
  return (
    <div className="flex flex-col gap-4 border-l-2 border-bad pl-4">
      {file.ambiguities.map((question) => (
        <OneQuestion
          key={`${question.kind} ${question.header}`}
          question={question}
          busy={busy}
          onAnswer={(value) => onAnswer(question, value)}
          onConstant={(value) => onConstant(question, value)}
        />
      ))}
    </div>
  )
}

const FEW = 6

/** What a choice says up to the colon is its name, the rest its meaning. */
function choiceOf({ value, says }: Question['choices'][number]): { value: string; label: string; says?: string } {
  const [label = '', ...rest] = says.split(': ')
  const meaning = rest.join(': ')
  return { value, label: label.charAt(0).toUpperCase() + label.slice(1), ...(meaning === '' ? {} : { says: meaning }) }
}

interface OneQuestionProps {
  readonly question: Question
  readonly busy: boolean
  readonly onAnswer: (value: string) => void
  readonly onConstant: (value: string) => void
}

function OneQuestion({ question, busy, onAnswer, onConstant }: OneQuestionProps) {
  const name = useId()
  return (
    <fieldset disabled={busy} className="flex max-w-[64ch] flex-col gap-1.5 disabled:opacity-60">
      <legend className="mb-1.5 font-medium">{question.says}</legend>
      {question.examples.length > 0 && (
        <p className="text-sm text-quiet">
          For example{' '}
          {question.examples.map((example, i) => (
            <span key={example}>
              {i > 0 && ', '}
              <code className="num rounded-sm bg-hover px-1 font-sans text-ink">{example}</code>
            </span>
          ))}
        </p>
      )}
      {question.choices.length > FEW ? (
        <Combobox label={question.says} value={null} choices={question.choices.map(choiceOf)} onChange={onAnswer} disabled={busy} className="w-80 max-w-full" />
      ) : (
        question.choices.map((choice) => (
          <label key={choice.value} className="flex items-start gap-2">
            <input type="radio" name={name} value={choice.value} onChange={() => onAnswer(choice.value)} className="mt-1 size-3.5 accent-accent" />
            <span>{choice.says}</span>
          </label>
        ))
      )}
      {question.kind === 'missing_column' && (
        <ForAllRows
          name={question.header}
          says={question.choices.length === 0 ? 'One value for every row:' : 'or one value for every row:'}
          onConstant={onConstant}
        />
      )}
      {question.kind === 'missing_currency' && <ForAllRows name={question.header} says="or another currency:" onConstant={onConstant} />}
    </fieldset>
  )
}

function ForAllRows({ name, says, onConstant }: { readonly name: string; readonly says: string; readonly onConstant: (value: string) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onConstant(text)
      }}
    >
      <span>{says}</span>
      <TextInput aria-label={`${name} of every row`} value={text} onChange={(event) => setText(event.target.value)} className="w-40!" />
      <Button type="submit" disabled={text.trim() === ''}>
        Take it
      </Button>
    </form>
  )
}
