/** Bodies that are known as a whole: a server writes them at once instead of reading them back out of a `Response`. */
const bodies = new WeakMap<Response, string | Uint8Array>();

/** The same response, with its ASCII body remembered. Whoever replaces the body makes another response, which has none. */
export function withWholeBody(response: Response, ascii: string | Uint8Array): Response {
  bodies.set(response, ascii);
  return response;
}

export function wholeBody(response: Response): string | Uint8Array | undefined {
  return bodies.get(response);
}

/** A body for `Response` that is put in only when somebody reads it: a server that knows the whole body does not. */
export function lateBody(ascii: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(ascii);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
