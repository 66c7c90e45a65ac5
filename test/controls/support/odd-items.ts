import { randomFrom } from '../../../bench/random';

/** What may stand anywhere in an item that somebody else made. */
const oddValues: readonly unknown[] = [
  ...[null, '', 'x', 0, -1, 1.5, 65_535, 70_000, true, 'true', [], {}, '[]', '{"a":1}'],
  ...[
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '10.0.0.0/08',
    '1.2.3.4',
    'fd00::/8',
    '2000::/3',
    '4000::/2',
  ],
  ...['-1', 'tcp', '6', 'UDP', 58, 'icmp', '*', ['*'], { AWS: '*' }, 'BucketOwnerEnforced', 'AllUsers'],
];

const oddKeys = [
  ...[
    'IpProtocol',
    'CidrIp',
    'Description',
    'GroupId',
    'fromPort',
    'toPort',
    'prefixListIds',
    'ResourceType',
  ],
  ...[
    'Configuration',
    'PublicAccessBlockConfiguration',
    'OwnershipControls',
    'BucketOwnershipControls',
    'rules',
  ],
  ...['NotPrincipal', 'Principal', 'Condition', 'URI', 'uri', 'Grantee', 'Policy', 'accountId', 'Rules'],
];

type Holder = Record<string, unknown>;

/**
 * Changes one to three places of an item, or of JSON text in it: a value, a key, its capital, how it is encoded.
 * @returns the items changed in place
 */
export function oddItems(items: readonly object[], seed: number): object[] {
  const random = randomFrom(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const changed = <T>(value: T): T => {
    const places = placesIn(value);
    for (let times = 1 + Math.floor(random() * 3); times > 0 && places.length > 0; times--) {
      change(...oneOf(places));
    }
    return value;
  };
  const change = (holder: Holder, key: string): void => {
    const value = holder[key];
    const choice = random();
    if (typeof value === 'string' && value.startsWith('{') && choice < 0.7) {
      holder[key] = JSON.stringify(changed(JSON.parse(value)));
    } else if (choice < 0.2) {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    } else if (choice < 0.7) holder[key] = structuredClone(oneOf(oddValues));
    else if (choice < 0.8)
      holder[oneOf(oddKeys)] = random() < 0.5 ? value : structuredClone(oneOf(oddValues));
    else if (choice < 0.9 && !Array.isArray(holder)) {
      delete holder[key];
      holder[otherCase(key)] = value;
    } else holder[key] = random() < 0.5 ? JSON.stringify(value) : [value];
  };
  return items.map(changed);
}

function placesIn(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [[holder, key] as [Holder, string], ...placesIn(holder[key])]);
}

function otherCase(key: string): string {
  const first = key.charAt(0);
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  return other + key.slice(1);
}
