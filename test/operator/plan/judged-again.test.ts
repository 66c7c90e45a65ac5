import { customControls } from '../../../controls/registry';
import { judgedAgain } from '../../../operator/plan/judged-again';
import { policyOf } from '../../config/support/policy';

const code = Object.fromEntries(customControls.map(({ id }, index) => [id, `${index}`.padStart(16, '0')]));
const policy = (autoResponse: string) => ({ ...policyOf(autoResponse), verdictCode: code });

describe('what a deployment has judged again', () => {
  it('is nothing where neither code nor parameters changed, whatever the flags', () => {
    const change = { deployed: policy('  default: off'), next: policy('  default: on') };
    expect(judgedAgain(customControls, change, code)).toEqual([]);
  });

  it('is what the one control judges whose code changed', () => {
    const same = policy('  default: off');
    const changed = { ...code, 's3-public-access': 'f'.repeat(16) };
    expect(judgedAgain(customControls, { deployed: same, next: same }, changed)).toEqual([
      { control: 's3-public-access', because: ['code'] },
    ]);
  });

  it('is what a control judges by other parameters anywhere', () => {
    const next = policy(
      '  organizationalUnits: { /Sandbox: { controls: { security-group-open-ports: { parameters: { prohibitedPorts: [22] } } } } }',
    );
    expect(judgedAgain(customControls, { deployed: policy('  default: off'), next }, code)).toEqual([
      { control: 'security-group-open-ports', because: ['parameters'] },
    ]);
  });

  it('is everything where the hub was deployed without digests', () => {
    const deployed = policyOf('  default: off');
    expect(judgedAgain(customControls, { deployed, next: deployed }, code)).toEqual(
      customControls.map(({ id }) => ({ control: id, because: ['code'] })),
    );
  });

  it('is nothing by a control that is new', () => {
    const { 's3-public-access': _new, ...parameterDefaults } = policyOf('  default: off').parameterDefaults;
    const deployed = { ...policy('  default: off'), parameterDefaults, verdictCode: {} };
    const found = judgedAgain(customControls, { deployed, next: policy('  default: off') }, code);
    expect(found.map(({ control }) => control)).not.toContain('s3-public-access');
  });
});
