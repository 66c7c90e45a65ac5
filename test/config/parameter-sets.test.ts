import { parameterSets } from '../../config/parameter-sets';
import { policyOf } from './support/policy';

const control = 's3-public-access';
const fix = (how: string) => `{ controls: { ${control}: { parameters: { fix: ${how} } } } }`;
const surgical = { fix: 'surgical' };
const lockdown = { fix: 'lockdown' };

describe('parameterSets', () => {
  it.each<[string, string, object]>([
    ['are the defaults alone where nothing is said', '', { accounts: {}, others: [surgical] }],
    [
      "are the default's where it gives some",
      `  default: ${fix('lockdown')}`,
      { accounts: {}, others: [lockdown] },
    ],
    [
      'hold each unit once',
      `  organizationalUnits: { /A: ${fix('lockdown')}, /B: ${fix('lockdown')}, /C: ${fix('surgical')} }`,
      { accounts: {}, others: [surgical, lockdown] },
    ],
    [
      'hold named accounts among the others, as a name is not known there',
      `  accounts: { payments-prod: ${fix('lockdown')} }`,
      { accounts: {}, others: [surgical, lockdown] },
    ],
    [
      'are exact for accounts by id',
      `  accounts: { "333333333333": ${fix('lockdown')}, "444444444444": on }`,
      { accounts: { '333333333333': lockdown }, others: [surgical] },
    ],
    [
      'leave the defaults out where the root gives some, as they hold nowhere',
      `  organizationalUnits: { /: ${fix('lockdown')} }`,
      { accounts: {}, others: [lockdown] },
    ],
    [
      'leave them out where the root does by id, too',
      `  default: ${fix('surgical')}\n  organizationalUnits: { r-abcd: ${fix('lockdown')} }`,
      { accounts: {}, others: [lockdown] },
    ],
  ])('%s', (_what, autoResponse, expected) => {
    expect(parameterSets(policyOf(autoResponse), control)).toEqual(expected);
  });
});
