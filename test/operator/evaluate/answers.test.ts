import { customControls } from '../../../controls/registry';
import { evaluateText } from '../../../operator/evaluate/evaluate-text';
import { judgingOf } from '../../../operator/evaluate/judging-of';
import { typeOfAnswer } from '../../../operator/evaluate/resource-forms';
import { examples } from '../../resources/examples/registry';
import { parts } from './aws-output';

const { groupOfApi } = parts;
const answer = { SecurityGroups: [groupOfApi, groupOfApi] };
const judged = (input: unknown, controls: readonly string[]) => [
  ...evaluateText(JSON.stringify(input), judgingOf({ controls, wish: 'plan' })),
];

describe("what AWS's API answers, judged by several controls", () => {
  it('is judged by those for its type alone', () => {
    const lines = judged(answer, ['s3-public-access', 'security-group-open-ports', 'kms-public-policy']);

    expect(lines).toMatchObject([
      { control: 'security-group-open-ports', compliance: 'NON_COMPLIANT' },
      { control: 'security-group-open-ports', compliance: 'NON_COMPLIANT' },
    ]);
  });

  it('is an error where none of them is for its type', () => {
    const lines = judged(answer, ['s3-public-access', 'ami-public']);

    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toHaveProperty('error');
  });

  it('is an error for the only control where that is for another type', () => {
    for (const line of judged(answer, ['s3-public-access'])) expect(line).toHaveProperty('error');
  });

  it('is asked of every control where more than one type can be meant', () => {
    const both = { ...groupOfApi, Grants: [], Name: 'photos' };

    expect(typeOfAnswer(both)).toBeUndefined();
    expect(
      judged(both, ['s3-public-access', 'security-group-open-ports']).map(({ control }) => control),
    ).toEqual(['s3-public-access', 'security-group-open-ports']);
  });

  it('is not told by a policy alone, which buckets and keys have', () => {
    expect(typeOfAnswer({ Policy: '{}' })).toBeUndefined();
  });

  const typeOf = new Map(customControls.map(({ id, resourceType }) => [id, resourceType]));

  it.each(Object.entries(examples))(
    'is never taken for that of another type than %s',
    (type, { dangers, neighbours }) => {
      const all = Object.values({ ...dangers, ...neighbours });
      for (const { control, answer: of } of all) {
        expect([type, undefined]).toContain(typeOfAnswer(of('words')));
        expect(typeOf.get(control)).toBe(type);
      }
    },
  );
});
