import type { IncomingMessage } from 'node:http';
import { readBody } from './request-body';

/**
 * The content of an uploaded file: raw bytes, or the first part of a form.
 * https://docs.slack.dev/reference/methods/files.getUploadURLExternal
 */
export async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const [first] = form.values();
  return first instanceof Blob ? Buffer.from(await first.arrayBuffer()) : Buffer.from(first ?? '');
}
