import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request, as the transcript keeps it. */
export interface Call {
  readonly action: string;
  readonly body: string;
}

/** What the double answers to an action: a body, or an error by its name. */
export type Answers = Readonly<Record<string, object | { error: string; status?: number }>>;

/** The AWS APIs on loopback: ECS speaks JSON 1.1 with the action in a header, EC2 a form with the action in the body. */
export class AwsDouble {
  readonly calls: Call[] = [];
  answers: Answers = {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<AwsDouble> {
    const double = new AwsDouble();
    await new Promise<void>((resolve) => double.#server.listen(0, '127.0.0.1', resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    const action =
      typeof target === 'string' ? target.split('.')[1]! : new URLSearchParams(body).get('Action')!;
    this.calls.push({ action, body });
    const answer = this.answers[action] ?? { error: 'InternalFailure', status: 500 };
    const isXml = target === undefined;
    if ('error' in answer) {
      const { error, status = 400 } = answer as { error: string; status?: number };
      response.statusCode = status;
      // Their messages quote what must not be repeated.
      const words = `for AKIADOUBLE at arn:aws:ecs:eu-west-1:123456789012`;
      response.end(isXml ? errorXml(error, words) : JSON.stringify({ __type: error, message: words }));
      return;
    }
    response.setHeader('content-type', isXml ? 'text/xml' : 'application/x-amz-json-1.1');
    response.end(isXml ? (answer as { xml: string }).xml : JSON.stringify(answer));
  }
}

function errorXml(code: string, message: string): string {
  return `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`;
}
