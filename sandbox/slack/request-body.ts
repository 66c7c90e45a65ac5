import type { IncomingMessage } from 'node:http';

/** A request's parameters as Slack's Web API takes them: JSON, or a form whose structured values are JSON texts. */
export type SlackParameters = Record<string, unknown>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A form's value; `blocks` is JSON text there: https://docs.slack.dev/apis/web-api/#basics */
function formValue(name: string, value: string): unknown {
  return name === 'blocks' ? (parseJson(value) ?? value) : value;
}

/** Reads and decodes a request's body; undefined when it is no JSON object. */
export async function readParameters(request: IncomingMessage): Promise<SlackParameters | undefined> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return Object.fromEntries(
      [...new URLSearchParams(text)].map(([name, value]) => [name, formValue(name, value)]),
    );
  }
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
