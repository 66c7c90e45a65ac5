import pc from 'picocolors';
import { planJson } from '../../../cli/plan/plan-json';
import { planText } from '../../../cli/plan/plan-text';
import { noNames } from '../../../ledger/organization/place-names';
import { isSound, type WholePlan } from '../../../operator/plan/whole-plan';
import { alarmWarning } from '../../../operator/validate/alarm-warning';

const hub = { account: '222222222222', region: 'eu-west-1' };

describe('the warning of alarms that nobody hears', () => {
  it('is given where the policy names nobody, and says where to name somebody', () => {
    expect(alarmWarning({ hub })).toMatch(/^Warning: no one receives alarms.* in hub\.alarms\.$/);
  });

  it('is not given where it names somebody', () => {
    expect(alarmWarning({ hub: { ...hub, alarms: ['security@example.com'] } })).toBeUndefined();
  });

  it('stands at the end of a plan with others, before any advice, and makes it no worse', () => {
    const plan: WholePlan = {
      file: 'policy.yaml',
      problems: [],
      warnings: ['Warning: nobody.', 'Warning: nothing.'],
      advice: 'Advice: write ids.',
      settings: [],
      judgedAgain: [],
      accounts: [],
      findings: [],
      places: noNames,
      nameOf: () => '',
    };

    expect(planText(plan, { all: false, colours: pc.createColors(false) })).toMatch(
      /\n\nWarning: nobody\.\n\nWarning: nothing\.\n\nAdvice: write ids\.$/,
    );
    expect(planJson(plan)).toMatchObject({ warnings: ['Warning: nobody.', 'Warning: nothing.'] });
    expect(isSound(plan)).toBe(true);
  });
});
