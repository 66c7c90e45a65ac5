import { partition } from '@aws-sdk/core/client';
import * as z from 'zod/mini';
import { regionPattern } from '../../../core/finding';
import { ordersUrlParameter } from '../../../core/names';
import { parsedJson } from '../../../core/parsed-json';
import { printable } from '../../../resources/kit/printable';
import { OperatorError } from '../../errors';
import { DoorError } from './door-error';
import type { SignedPosts } from './signed-posts';

/** Hosts of this machine, to which nothing has to be encrypted. */
const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** What an orders URL looks like. */
export const ordersUrlExample = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/staunch/orders';

/**
 * The URL to which orders are posted, of a text.
 * @returns undefined when it is none, or what is sent there could be read on its way
 */
export function parseOrdersUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { protocol, hostname, username, password, hash } = url;
  const isSecret = protocol === 'https:' || (protocol === 'http:' && loopback.includes(hostname));
  return isSecret && username + password + hash === '' ? url : undefined;
}

/**
 * The Region that an API's own address names: `a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com`; undefined for any other, such as a
 * domain of the organization's own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
 */
export function regionOfUrl({ hostname }: URL): string | undefined {
  const [, region] = /\.execute-api\.([a-z0-9-]+)\./.exec(hostname) ?? [];
  return region !== undefined && regionPattern.test(region) ? region : undefined;
}

const answerSchema = z.object({ Parameter: z.object({ Value: z.string() }) });
const refusalSchema = z.object({
  __type: z.optional(z.string()),
  message: z.optional(z.string()),
  Message: z.optional(z.string()),
});

/**
 * The URL to which orders are posted, as the hub's account keeps it.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 * @throws DoorError with AWS's error code, also where there is no such parameter
 * @throws OperatorError when the parameter is no such URL
 */
export async function keptOrdersUrl(posts: Pick<SignedPosts, 'post'>, region: string): Promise<URL> {
  const { status, body } = await posts.post({
    url: new URL(`https://ssm.${region}.${partition(region).dnsSuffix}/`),
    service: 'ssm',
    region,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body: JSON.stringify({ Name: ordersUrlParameter }),
  });
  const answer = parsedJson(body);
  const found = answerSchema.safeParse(answer);
  if (status === 200 && found.success) {
    const { Value: value } = found.data.Parameter;
    const url = parseOrdersUrl(value);
    if (url) return url;
    throw new OperatorError(
      printable(
        `The parameter ${ordersUrlParameter} is ${JSON.stringify(value)}, and should be like ${ordersUrlExample}.`,
      ),
    );
  }
  const refusal = refusalSchema.safeParse(answer);
  const { __type: type = '', message, Message = message ?? '' } = refusal.success ? refusal.data : {};
  throw new DoorError(type.replace(/^.*#/, '') || `status ${status}`, Message, status);
}
