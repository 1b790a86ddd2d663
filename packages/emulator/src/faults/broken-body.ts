import { setTimeout as sleep } from 'node:timers/promises';

/** The connection is to end without an answer: a rejected fetch in process, a destroyed socket over HTTP. */
export class ConnectionCut extends Error {
  constructor() {
    super('The connection was cut.');
    this.name = 'ConnectionCut';
  }
}

const headStartMs = 30;

/** The same answer, dying in the middle of its body. */
export async function cutBody(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const half = bytes.slice(0, Math.floor(bytes.length / 2));
  let sent = false;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent) {
        // The head and the first half must be on their way, or a server would still answer with an error of its own.
        await sleep(headStartMs);
        controller.error(new ConnectionCut());
        return;
      }
      sent = true;
      controller.enqueue(half);
    },
  });
  return sameHead(response, stream);
}

/** The same answer with half its body, ended as if that were all. */
export async function truncateBody(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return sameHead(response, bytes.slice(0, Math.floor(bytes.length / 2)));
}

/** The same answer in small pieces over this many milliseconds of real time. */
export async function slowBody(response: Response, milliseconds: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const pieces = 20;
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  let position = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (position >= bytes.length) {
        controller.close();
        return;
      }
      await sleep(milliseconds / pieces);
      controller.enqueue(bytes.slice(position, position + size));
      position += size;
    },
  });
  return sameHead(response, stream);
}

function sameHead(response: Response, body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers(response.headers);
  headers.delete('Content-Length');
  return new Response(body, { status: response.status, headers });
}
