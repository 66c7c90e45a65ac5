import { customControls } from '../../controls/registry';
import { unmatchable } from '../../resources/resource-types';
import { endOf, latestDate } from '../expiry';
import { formatPath, type KeyPath } from '../key-path';
import { defaultMaximumDays } from '../schema/exemptions';
import { at, type Inconsistency, objectsAt } from './document';

interface SaidExemption {
  value: Record<string, unknown>;
  path: KeyPath;
}

/** What is wrong with exemptions beyond their single keys: whom and what they name, when they end, and repetitions. */
export function exemptionProblems(document: unknown, now: Date): Inconsistency[] {
  const exemptions = objectsAt(document, 'exemptions');
  return [
    ...exemptions.flatMap(oneSubject),
    ...exemptions.flatMap(resourceOfControl),
    ...exemptions.flatMap((exemption) => watchedRegion(document, exemption)),
    ...exemptions.flatMap((exemption) => inTime(document, exemption, now)),
    ...repeated(exemptions),
  ];
}

function oneSubject({ value, path }: SaidExemption): Inconsistency[] {
  const account = value.account !== undefined;
  if (account !== (value.organizationalUnit !== undefined)) return [];
  return account
    ? [
        {
          path: [...path, 'organizationalUnit'],
          message: 'stands beside account; an exemption has one of the two, so remove one.',
        },
      ]
    : [{ path: [...path, 'account'], message: 'is missing: account or organizationalUnit.', at: 'key' }];
}

/** A pattern that no resource of the control's type can have would protect nothing, in silence. */
function resourceOfControl({ value: { control, resource }, path }: SaidExemption): Inconsistency[] {
  const type = customControls.find(({ id }) => id === control)?.resourceType;
  if (type === undefined || typeof resource !== 'string') return [];
  const message = unmatchable(type, resource);
  return message === undefined
    ? []
    : [{ path: [...path, 'resource'], message: `matches nothing: ${message}` }];
}

/** The hub's Region alone is watched where regions is left out. */
function watchedRegion(document: unknown, { value: { region }, path }: SaidExemption): Inconsistency[] {
  const regions = at(document, 'regions') ?? [at(document, 'hub', 'region')];
  if (typeof region !== 'string' || !Array.isArray(regions) || regions.includes(region)) return [];
  return [{ path: [...path, 'region'], message: 'regions does not list this Region, so it is not watched.' }];
}

function inTime(document: unknown, { value: { expires }, path }: SaidExemption, now: Date): Inconsistency[] {
  const end = typeof expires === 'string' ? endOf(expires) : undefined;
  if (end === undefined) return [];
  const given = at(document, 'exemptionRules', 'maximumDays');
  const days = Number.isInteger(given) && Number(given) > 0 ? Number(given) : defaultMaximumDays;
  const latest = latestDate(now, days);
  const problem = (message: string) => [{ path: [...path, 'expires'], message }];
  if (end <= now)
    return problem('this exemption is over; take it out, or decide on it anew with a later date.');
  return end > (endOf(latest) ?? now)
    ? problem(
        `this lies more than ${days} days ahead (exemptionRules.maximumDays); ${latest} is the latest date.`,
      )
    : [];
}

/** The same exemption again, whatever its reason and owner: which of the two ends first would not be seen. */
function repeated(exemptions: readonly SaidExemption[]): Inconsistency[] {
  const first = new Map<string, KeyPath>();
  return exemptions.flatMap(({ value, path }) => {
    const { control, account, organizationalUnit, resource, region } = value;
    const subject = JSON.stringify([control, account, organizationalUnit, resource, region]);
    const earlier = first.get(subject);
    if (earlier === undefined) first.set(subject, path);
    return earlier === undefined
      ? []
      : [{ path, message: `exempts the same as ${formatPath(earlier)}; remove one.`, at: 'key' }];
  });
}
