import type { TrailCall } from '../../core/trail-call';
import { tryParseCidr } from '../kit/addresses';
import { type Fields, isFields, isText } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';

/**
 * What CloudTrail records of calls about security groups, and about the prefix lists that they let in.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
 */
export const groupTrail: TrailEvents = {
  source: 'ec2.amazonaws.com',
  names: [
    'CreateSecurityGroup',
    'AuthorizeSecurityGroupIngress',
    'RevokeSecurityGroupIngress',
    'ModifySecurityGroupRules',
    'UpdateSecurityGroupRuleDescriptionsIngress',
  ],
  opening: [
    'AuthorizeSecurityGroupIngress',
    'ModifySecurityGroupRules',
    'ModifyManagedPrefixList',
    'RestoreManagedPrefixListVersion',
  ],

  touched(call): Touched | undefined {
    switch (call.eventName) {
      case 'AuthorizeSecurityGroupIngress':
        return letsIn(someOf(authorizedSources(call))) ? named(groupOfAuthorize(call)) : undefined;
      case 'ModifySecurityGroupRules':
        return letsIn(someOf(modifiedSources(call))) ? named(requestOf(call).GroupId) : undefined;
      case 'ModifyManagedPrefixList':
        return letsIn(addedSources(call)) ? { everyOne: 'in-region' } : undefined;
      default:
        return { everyOne: 'in-region' };
    }
  },
};

function named(...ids: unknown[]): Touched | undefined {
  const texts = ids.filter(isText);
  return texts.length > 0 ? { ids: texts } : undefined;
}

/** The text of a range; `group` where a group is let in; undefined for anything else. */
type Source = string | 'group' | undefined;

/**
 * Whether what a call wrote may let in the internet. A range of it, however small, may do so together with what the group has already: of
 * a range with private and other special addresses alone that cannot be.
 * @param sources undefined where the event does not say them
 */
function letsIn(sources: readonly Source[] | undefined): boolean {
  return sources?.every(isPrivate) !== true;
}

/** No rule is written without a source: where none is found, the event is not understood. */
function someOf(sources: Source[] | undefined): Source[] | undefined {
  return sources?.length === 0 ? undefined : sources;
}

function isPrivate(source: Source): boolean {
  return source === 'group' || (source !== undefined && tryParseCidr(source)?.internet === 0n);
}

function authorizedSources({ requestParameters = {} }: TrailCall): Source[] | undefined {
  // The oldest way to write a rule names one range, outside any list.
  const { cidrIp, ipPermissions } = requestParameters;
  if (cidrIp !== undefined) return [textIn(requestParameters, 'cidrIp')];
  return itemsIn(ipPermissions)?.flatMap((permission) => [
    ...sourcesIn(permission.ipRanges, (range) => textIn(range, 'cidrIp')),
    ...sourcesIn(permission.ipv6Ranges, (range) => textIn(range, 'cidrIpv6')),
    ...sourcesIn(permission.prefixListIds, () => undefined),
    ...sourcesIn(permission.groups, () => 'group'),
  ]);
}

/** The sources in a list, of which one that cannot be understood holds an unknown one. */
function sourcesIn(list: unknown, sourceOf: (item: Fields) => Source): Source[] {
  return itemsIn(list)?.map(sourceOf) ?? [undefined];
}

/** A call that names its group by name has its id in the rules that it made. */
function groupOfAuthorize({ requestParameters, responseElements }: TrailCall): unknown {
  const made = itemsIn(responseElements?.securityGroupRuleSet)?.[0]?.groupId;
  return isText(requestParameters?.groupId) ? requestParameters.groupId : made;
}

function modifiedSources(call: TrailCall): Source[] | undefined {
  return itemsIn(requestOf(call).SecurityGroupRule)?.map(({ SecurityGroupRule: rule }) => {
    if (!isFields(rule)) return undefined;
    if (isText(rule.ReferencedGroupId)) return 'group';
    return textIn(rule, 'CidrIpv4') ?? textIn(rule, 'CidrIpv6');
  });
}

function addedSources(call: TrailCall): Source[] | undefined {
  const request = requestOf(call);
  if (!isText(request.PrefixListId)) return undefined;
  return itemsIn(request.AddEntry)?.map((entry) => textIn(entry, 'Cidr'));
}

/** Newer operations of EC2 are recorded with their parameters under the name of their request. */
function requestOf({ eventName, requestParameters }: TrailCall): Fields {
  const request = requestParameters?.[`${eventName}Request`];
  return isFields(request) ? request : {};
}

/** The elements of a list as EC2's events have it: under `items`, bare, or a single one by itself; undefined for anything else. */
function itemsIn(value: unknown): Fields[] | undefined {
  if (value === undefined || value === null || value === '') return [];
  const list = isFields(value) ? (Object.hasOwn(value, 'items') ? value.items : single(value)) : value;
  return Array.isArray(list) && list.every(isFields) ? list : undefined;
}

function single(value: Fields): Fields[] {
  return Object.keys(value).length === 0 ? [] : [value];
}

function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return isText(value) ? value : undefined;
}
