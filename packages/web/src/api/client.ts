/** An answer that is not a success: RFC 9457, with our stable code. Its message is meant for people. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly requestId: string;

  constructor(status: number, code: string, message: string, requestId: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** GET `/api/v1<path>`; the caller names the answer's type from the generated schema. */
export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', `${path}${queryText(parameters)}`, undefined, signal);
}

/** A write; `body` goes as JSON. */
export async function send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return call<T>(method, path, body);
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(path.startsWith('/api/') ? path : `/api/v1${path}`, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!answer.ok) throw await problemOf(answer);
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  const requestId = answer.headers.get('x-request-id') ?? '';
  let body: unknown;
  try {
    body = await answer.json();
  } catch {
    // A proxy's own error page: its status is all there is to say.
    return new ApiProblem(answer.status, 'unreadable_answer', answer.statusText, requestId);
  }
  const { code, detail, title, message } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = [detail, message, title].find((candidate) => typeof candidate === 'string');
  return new ApiProblem(
    answer.status,
    typeof code === 'string' ? code : 'unknown',
    typeof text === 'string' ? text : answer.statusText,
    requestId,
  );
}

function queryText(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const one of value as readonly string[]) query.append(name, one);
    else query.append(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
