import { accountId, date, defineFact, id, instant, text } from './fact.ts'

export const task = defineFact({
  id: 'task',
  name: 'Task',
  plural: 'tasks',
  says: 'One thing the team set itself to do for an account, with the day by which.',
  about: 'care',
  placement: 'account',
  columns: {
    task_id: id('The task', { required: true, aliases: ['id', 'task', 'activity_id', 'todo_id'] }),
    account_id: accountId('The account it is for', {
      required: true,
      aliases: ['account', 'customer_id', 'customer', 'company_id', 'company', 'related_to', 'associated_company'],
    }),
    created_at: instant('When it was set', { required: true, aliases: ['created', 'created_date', 'create_date', 'date_created', 'opened_at'] }),
    due_on: date('Day by which it is to be done', { aliases: ['due', 'due_date', 'due_at', 'deadline'] }),
    done_at: instant('When it was done; empty while it is not', {
      aliases: ['done', 'completed_at', 'completed', 'completed_date', 'completion_date', 'closed_at', 'finished_at'],
    }),
    cancelled_at: instant('When it was given up: it then counts nowhere', { aliases: ['canceled_at', 'cancelled', 'deleted_at', 'dismissed_at'] }),
    csm_id: id('Who is to do it', { aliases: ['csm', 'assignee', 'assigned_to', 'owner', 'owner_id', 'user'] }),
    playbook: text('The playbook it belongs to', { aliases: ['play', 'playbook_name', 'playbook_id', 'sequence'] }),
    title: text('What is to be done', { aliases: ['subject', 'name', 'task_name', 'summary', 'description'] }),
  },
  identity: [['task_id']],
  statuses: { leftOut: [], asked: ['cancelled', 'canceled', 'skipped'] },
  effective: 'created_at',
  fileNames: ['task', 'todo', 'to_do', 'cta', 'action'],
})
