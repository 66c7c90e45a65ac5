import { BlockList, isIP } from 'node:net';

/** Conditions that limit a statement to fixed values, where they hold no wildcard. */
const limiting: readonly string[] = [
  'aws:principalorgid',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  's3:dataaccesspointaccount',
];

interface Statement {
  Effect?: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/**
 * Whether S3 calls a bucket policy public. A rule of its own, apart from the controls', that is enough for the policies of the
 * scenarios: an Allow for everybody, unless a condition holds it to fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(text: string): boolean {
  const { Statement } = JSON.parse(text) as { Statement?: Statement | Statement[] };
  return [Statement ?? []].flat().some(isPublicStatement);
}

function isPublicStatement({ Effect, Principal, Condition = {} }: Statement): boolean {
  if (Effect !== 'Allow' || !isEverybody(Principal)) return false;
  return !Object.entries(Condition).some(([operator, keys]) => {
    const isPositive = /^(ForAnyValue:)?(String|Arn)(Equals|Like|EqualsIgnoreCase)$|^IpAddress$/.test(
      operator,
    );
    return isPositive && Object.entries(keys).some(([key, values]) => isFixed(key, [values].flat()));
  });
}

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null || !('AWS' in principal)) return false;
  return [principal.AWS].flat().includes('*');
}

function isFixed(key: string, values: readonly unknown[]): boolean {
  const texts = values.map(String);
  if (key.toLowerCase() === 'aws:sourceip') return texts.every(isNarrow);
  return limiting.includes(key.toLowerCase()) && texts.every((value) => !/[*?]|\$\{/.test(value));
}

/** A range that is broader than /8, or /32 of IPv6, is as good as everybody, unless it is private. */
function isNarrow(range: string): boolean {
  const [address = '', length] = range.split('/');
  const family = isIP(address);
  if (family === 0) return false;
  const bits = length === undefined ? 128 : Number(length);
  return bits >= (family === 4 ? 8 : 32) || privateRanges.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

const privateRanges = new BlockList();
privateRanges.addSubnet('10.0.0.0', 8);
privateRanges.addSubnet('172.16.0.0', 12);
privateRanges.addSubnet('192.168.0.0', 16);
privateRanges.addSubnet('fc00::', 7, 'ipv6');
