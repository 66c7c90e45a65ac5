import type { Json, JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';

/** What differs between snapshots of instances and of clusters. */
interface Kind {
  control: string;
  type: string;
  /** In ARNs. */
  noun: string;
  /** In keys. */
  prefix: string;
}

/** Snapshots of RDS. No words of strangers are part of what decides. */
export function rdsSnapshotExamples({ control, type, noun, prefix }: Kind): TypeExamples {
  const name = 'orders-before-upgrade';
  const partner = '444455556666';
  const arn = `arn:aws:rds:eu-west-1:222222222222:${noun}:${name}`;
  const attributes = (values: Json[]): JsonObject => ({
    [`${prefix}Identifier`]: name,
    [`${prefix}Attributes`]: [{ AttributeName: 'restore', AttributeValues: values }],
  });
  const snapshot = (values: Json[], parameters?: JsonObject): Example => ({
    control,
    ...(parameters && { parameters }),
    answer: () => ({
      ...attributes(values),
      [`${prefix}Arn`]: arn,
      SnapshotCreateTime: '2026-01-01T00:00:00.000Z',
    }),
  });
  return {
    ids: () => [
      name,
      'a',
      'rds:orders-2026-01-01-03-05',
      'awsbackup:job-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
    ],
    longestId: () => 'a'.repeat(255),
    noIds: ['', 'Orders', '1a', 'orders before', 'rds:a:b', 'a'.repeat(256), arn],
    dangers: {
      'shared with everybody': snapshot(['all']),
      'shared with everybody and accounts': snapshot([partner, 'all', '777777777777']),
      'what the aws command line prints': {
        control,
        answer: () => ({ [`${prefix}AttributesResult`]: attributes(['all']) }),
      },
      'shared with an account that is not trusted': snapshot([partner, '666666666666'], {
        trustedAccounts: [partner],
      }),
    },
    neighbours: {
      'shared with nobody': snapshot([]),
      'shared with accounts': snapshot([partner, '777777777777']),
      'shared with trusted accounts and its own': snapshot([partner, '222222222222'], {
        trustedAccounts: [partner],
      }),
      'without attributes': {
        control,
        answer: () => ({ [`${prefix}Identifier`]: name, [`${prefix}Attributes`]: [] }),
      },
    },
    item(answer) {
      const wrapped = (answer[`${prefix}AttributesResult`] ?? answer) as JsonObject;
      const listed = wrapped[`${prefix}Attributes`] as JsonObject[];
      return {
        resourceType: type,
        resourceId: wrapped[`${prefix}Identifier`] ?? name,
        resourceName: wrapped[`${prefix}Identifier`] ?? name,
        ARN: arn,
        configurationItemStatus: 'OK',
        configuration: { snapshotType: 'manual', status: 'available' },
        supplementaryConfiguration: {
          [`${prefix}Attributes`]: listed.map(({ AttributeName, AttributeValues }) => ({
            attributeName: AttributeName ?? null,
            attributeValues: AttributeValues ?? null,
          })),
          Tags: [],
        },
      };
    },
  };
}
