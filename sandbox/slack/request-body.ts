import type { IncomingMessage } from 'node:http';

/** A request's parameters as Slack's Web API takes them: JSON, or a form whose structured values are JSON texts. */
export type SlackParameters = Record<string, unknown>;

/** Arguments whose value is JSON text in a form: https://docs.slack.dev/apis/web-api/#basics */
const structured: readonly string[] = ['blocks', 'attachments', 'view', 'files'];

/** What a JSON text says; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function formValue(name: string, value: string): unknown {
  return structured.includes(name) ? (parseJson(value) ?? value) : value;
}

/** Reads a request's body to its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Reads and decodes a request's body; undefined when it is no JSON object. */
export async function readParameters(request: IncomingMessage): Promise<SlackParameters | undefined> {
  const text = (await readBody(request)).toString('utf8');
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return Object.fromEntries(
      [...new URLSearchParams(text)].map(([name, value]) => [name, formValue(name, value)]),
    );
  }
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
