import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { cardPrefix } from '../../core/names';
import { parsedJson } from '../../core/parsed-json';
import { findingStateSchema } from '../../core/report-schema';
import { severities } from '../../core/violation';
import { conditionally } from '../table/conditionally';
import { itemsIn } from '../table/items-in';
import type { Card } from './card';
import { isAsked } from './with-report';

const prefix = 'member#';
const keptMilliseconds = 400 * 24 * 60 * 60_000;

const memberSchema = z.object({
  cardId: z.string(),
  accountId: z.string(),
  accountName: z.exactOptional(z.string()),
  control: z.string(),
  /** Absent in what versions before wrote. */
  severity: z.exactOptional(z.enum(severities)),
  approvers: z.object({ users: z.array(z.string()), groups: z.array(z.string()) }),
  findings: z.array(
    z.object({
      region: z.string(),
      resourceId: z.string(),
      occurrence: z.int(),
      state: findingStateSchema,
      asked: z.exactOptional(z.literal(true)),
    }),
  ),
});

/** A card that a digest stands for, in short. */
export type DigestMember = z.infer<typeof memberSchema>;

/** The cards that each digest stands for, in short: one read tells what thousands of findings have come to. */
export class DigestMembers {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Writes what a card says now, unless what a later version of it says was written before. */
  async put(card: Card, now: Date): Promise<void> {
    const member = memberOf(card);
    if (card.digest === undefined || member === undefined) return;
    await conditionally(() =>
      this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: {
            finding: `${cardPrefix}${card.digest}`,
            record: `${prefix}${card.cardId}`,
            version: card.version,
            member: JSON.stringify(member),
            expiresAt: Math.floor((now.getTime() + keptMilliseconds) / 1000),
          },
          ConditionExpression: 'attribute_not_exists(#version) OR #version < :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': card.version },
        }),
      ),
    );
  }

  /** All of a digest, by account, control and card. */
  async of(digestId: string): Promise<DigestMember[]> {
    const members: DigestMember[] = [];
    for await (const item of itemsIn(this.documents, this.tableName, `${cardPrefix}${digestId}`, prefix)) {
      const { data: member } = memberSchema.safeParse(parsedJson(item.member));
      if (member) members.push(member);
    }
    const order = ({ accountId, control, cardId }: DigestMember) => `${accountId} ${control} ${cardId}`;
    return members.sort((one, other) => (order(one) < order(other) ? -1 : 1));
  }
}

function memberOf({ cardId, findings }: Card): DigestMember | undefined {
  const [first] = findings;
  if (!first) return undefined;
  const { accountName, severity } = first.report;
  return {
    cardId,
    accountId: first.finding.accountId,
    ...(accountName !== undefined && { accountName }),
    control: first.finding.control,
    severity,
    approvers: first.approvers,
    findings: findings.map((shown) => ({
      region: shown.finding.region,
      resourceId: shown.finding.resourceId,
      occurrence: shown.occurrence,
      state: shown.report.state,
      ...(isAsked(shown) && { asked: true as const }),
    })),
  };
}
