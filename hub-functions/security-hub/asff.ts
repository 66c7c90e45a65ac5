import type { AwsSecurityFinding, Resource } from '@aws-sdk/client-securityhub';
import { cut } from '../../core/cut';
import { findingKey } from '../../core/finding';
import type { FindingEvent } from '../../core/finding-event';
import { partitionOf } from '../../core/partition';
import { present } from '../../core/present';
import { states } from '../../core/states';
import { findingCommand } from '../../core/staunch-command';
import { asffType } from './asff-types';

/** Where findings are imported: the hub's account and Region. */
export interface SecurityHubPlace {
  account: string;
  region: string;
}

/**
 * How long ASFF lets texts be, in characters:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html
 */
const longest = { id: 512, title: 256, description: 1_024, remediation: 512, productField: 1_024 } as const;

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Severity */
const labels = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW' } as const;

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-findings-format-type-taxonomy.html */
const type = 'Software and Configuration Checks/AWS Security Best Practices';

/** Id of a finding in Security Hub: of the finding, whatever the occurrence, so that what people set there stays with it. */
export function securityHubId({ finding }: Pick<FindingEvent, 'finding'>): string {
  return cut(`staunch#${findingKey(finding)}`, longest.id, '');
}

/**
 * The product that findings of one's own are imported under:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
 */
export function productArn({ account, region }: SecurityHubPlace): string {
  return `arn:${partitionOf(region)}:securityhub:${region}:${account}:product/${account}/default`;
}

/**
 * A finding in the AWS Security Finding Format.
 *
 * It belongs to the hub's account, whose call it is: under the default product no call may import what belongs to another account. The
 * member is told by the resource's ARN, and by fields of the product. Severity and types stand where a provider may update them, and the
 * workflow is not touched: that is people's.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 * @param title of the control
 */
export function asffOf(event: FindingEvent, title: string, place: SecurityHubPlace): AwsSecurityFinding {
  const { finding, state, severity, receivedAt, at, accountName } = event;
  const account = accountName === undefined ? finding.accountId : `${accountName} (${finding.accountId})`;
  return {
    SchemaVersion: '2018-10-08',
    Id: securityHubId(event),
    ProductArn: productArn(place),
    ProductName: 'Staunch',
    CompanyName: 'Staunch',
    GeneratorId: `staunch/${finding.control}`,
    AwsAccountId: place.account,
    FindingProviderFields: { Severity: { Label: labels[severity], Original: severity }, Types: [type] },
    FirstObservedAt: receivedAt,
    LastObservedAt: at,
    CreatedAt: receivedAt,
    UpdatedAt: at,
    Title: line(`${title}: ${finding.resourceId} in account ${account}, ${finding.region}`, longest.title),
    Description: line(descriptionOf(event), longest.description),
    Remediation: { Recommendation: { Text: line(remediationOf(event), longest.remediation) } },
    ProductFields: productFieldsOf(event),
    Resources: [resourceOf(event)],
    Compliance: { Status: event.open ? 'FAILED' : state === 'gone' ? 'NOT_AVAILABLE' : 'PASSED' },
    RecordState: event.open ? 'ACTIVE' : 'ARCHIVED',
  };
}

function descriptionOf({ state, violations = [], reason = '' }: FindingEvent): string {
  return [...violations, `Staunch: ${states[state].title}.`, reason].join(' ');
}

function remediationOf({ findingId, open, changes = [] }: FindingEvent): string {
  const command = findingCommand('show', findingId);
  const more = command === undefined ? '' : `All of it: ${command}`;
  // What is cut is the end: the command comes first where there is much else.
  return [more, ...(changes.length > 0 ? [open ? 'The fix would be:' : 'The fix was:', ...changes] : [])]
    .join(' ')
    .trim()
    .concat(changes.length === 0 && more === '' ? 'See the finding in Staunch.' : '');
}

/** Fields of ours, by which Security Hub can filter. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html#asff-productfields */
function productFieldsOf(event: FindingEvent): Record<string, string> {
  const { finding, decision } = event;
  const fields = present({
    FindingId: event.findingId,
    State: event.state,
    AccountId: finding.accountId,
    AccountName: event.accountName,
    OrganizationalUnit: event.unit,
    Region: finding.region,
    Control: finding.control,
    Occurrence: String(event.occurrence),
    Flag: event.flag,
    DecidedBy: event.decidedBy,
    Decision: decision && `${decision.what} by ${decision.by}`,
    Owner: event.owner,
    OpenedBy: event.opened?.principal,
    Stack: event.stack,
  });
  const shown = Object.entries(fields).map(([name, value = '']) => [
    `staunch/${name}`,
    line(value, longest.productField),
  ]);
  return Object.fromEntries(shown.filter(([, value]) => value));
}

function resourceOf({ finding, resourceArn, tags = {} }: FindingEvent): Resource {
  const { region, resourceId, resourceType } = finding;
  return {
    Type: asffType(resourceType),
    Id: cut(resourceArn ?? resourceId, longest.id, ''),
    Partition: partitionOf(region),
    Region: region,
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
  };
}

/** One line of text: what strangers wrote may hold anything. */
function line(text: string, length: number): string {
  return cut(text.replace(/[\p{Cc}\s]+/gu, ' ').trim(), length);
}
