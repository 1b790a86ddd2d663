import { z } from '@hono/zod-openapi';
import { pageOf, pageQuery } from '../../http/paging.ts';

export const runSchema = z
  .object({
    id: z.uuid(),
    posAccountId: z.uuid(),
    connectionId: z.uuid().nullable(),
    kind: z.string(),
    state: z.enum(['running', 'throttled', 'complete', 'partial', 'failed']).openapi({
      description: '`partial`: everything was read, but some documents could not be understood; they are among the problems',
    }),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    retryAt: z.iso.datetime().nullable().openapi({ description: 'When it goes on, while the POS asks us to wait' }),
    pages: z.int(),
    requests: z.int(),
    documents: z.int(),
    changed: z.int().openapi({ description: 'New or newer versions taken' }),
    setAside: z.int(),
    throttled: z.int().openapi({ description: 'Requests that the POS refused for their number' }),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .openapi('Run');

export const runProgressSchema = runSchema
  .extend({
    progress: z.object({
      historyShare: z
        .number()
        .min(0)
        .max(1)
        .nullable()
        .openapi({ description: 'Share of the sales history walked; null when unknown' }),
      historyDone: z.boolean(),
      documentsPerSecond: z.number().nullable(),
      secondsLeft: z.int().nullable().openapi({
        description: 'Until the history is read: the requests that are left over what the POS allows; null when unknown',
      }),
    }),
  })
  .openapi('RunProgress');

export const runsQuery = z.object({ ...pageQuery, connection: z.uuid().optional() });
export const runsAnswer = pageOf(runSchema).openapi('Runs');

export const problemSchema = z
  .object({
    id: z.uuid().nullable().openapi({ description: 'Of a document set aside: what replay and dismissal take' }),
    kind: z.enum(['set_aside', 'shop', 'sale']),
    /** Why, stable. */
    code: z.string(),
    resource: z.string(),
    resourceId: z.string().nullable(),
    posAccountId: z.uuid(),
    shopId: z.string().nullable(),
    day: z.iso.date().nullable().openapi({ description: 'The business day that it makes partial; null when it cannot be told' }),
    path: z.string().openapi({ description: 'Where in the document' }),
    message: z.string(),
    firstSeenAt: z.iso.datetime().nullable(),
    runId: z.uuid().nullable(),
    replayAsked: z.boolean().openapi({ description: 'It will be read again with the next pass' }),
  })
  .openapi('DataProblem');

export const problemGroupSchema = z
  .object({
    cause: z.string().openapi({ description: 'Names the group for replay and dismissal: `set_aside:bad_number:sale`' }),
    kind: problemSchema.shape.kind,
    code: z.string(),
    resource: z.string(),
    count: z.int(),
    newestAt: z.iso.datetime().nullable(),
    example: z.string(),
    remedy: z.string().openapi({ description: 'What to do about it' }),
    shopDays: z.int().openapi({ description: 'Business days of shops that it makes partial' }),
    daysUnknown: z.int().openapi({ description: 'How many of them may be of any day' }),
    canReplay: z.boolean(),
    canDismiss: z.boolean(),
    problems: z.array(problemSchema).openapi({ description: 'The newest ones, at most 50' }),
  })
  .openapi('ProblemGroup');

export const problemsAnswer = z.object({ open: z.int(), groups: z.array(problemGroupSchema) }).openapi('Problems');

const cause = z.string().regex(/^set_aside:[a-z_]+:\w+$/u);
export const replayBody = z
  .object({ cause: cause.optional().openapi({ description: 'Only this cause; everything set aside when left out' }) })
  .openapi('ProblemReplay');
export const replayAnswer = z
  .object({ asked: z.int().openapi({ description: 'How many documents will be read again' }) })
  .openapi('ProblemReplayAsked');
const reason = z.string().trim().min(3).max(500).openapi({ description: 'Why nobody will be able to read it' });
export const dismissBody = z.object({ reason }).openapi('ProblemDismissal');
export const dismissCauseBody = z.object({ cause, reason }).openapi('ProblemCauseDismissal');
export const dismissAnswer = z.object({ dismissed: z.int() }).openapi('ProblemsDismissed');

export type Run = z.infer<typeof runSchema>;
export type RunProgress = z.infer<typeof runProgressSchema>;
export type ProblemGroup = z.infer<typeof problemGroupSchema>;
