/** Bodies that are known as a whole: a server writes them at once instead of reading them back out of a `Response`. */
const bodies = new WeakMap<Response, string>();

/** The same response, with its ASCII body remembered. Whoever replaces the body makes another response, which has none. */
export function withWholeBody(response: Response, ascii: string): Response {
  bodies.set(response, ascii);
  return response;
}

export function wholeBody(response: Response): string | undefined {
  return bodies.get(response);
}
