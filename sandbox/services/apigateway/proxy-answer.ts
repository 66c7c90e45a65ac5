import * as z from 'zod';
import type { ApiAnswer } from '../../gateway/api';
import { badGateway } from './answers';

const header = z.union([z.string(), z.number(), z.boolean()]);

const answerSchema = z.strictObject({
  statusCode: z.union([
    z.int(),
    z
      .string()
      .regex(/^\d{3}$/)
      .transform(Number),
  ]),
  headers: z.nullish(z.record(z.string(), header)),
  multiValueHeaders: z.nullish(z.record(z.string(), z.array(header))),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/**
 * The answer that a function of a proxy integration gave, as the caller gets it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 *
 * @param payload JSON text
 * @throws GatewayResponse where it is no answer
 */
export function proxyAnswer(payload: string, requestId: string): ApiAnswer {
  const parsed = answerSchema.safeParse(JSON.parse(payload));
  if (!parsed.success) throw badGateway();
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const lists = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [name, values.join(', ')]);
  const all = [...Object.entries(headers ?? {}), ...lists];
  return {
    status: statusCode,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...Object.fromEntries(all.map(([name, value]) => [String(name).toLowerCase(), String(value)])),
    },
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
