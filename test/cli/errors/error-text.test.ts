import { errorText } from '../../../cli/errors/error-text';
import { UnacceptedLossError } from '../../../operator/decide/accepted-loss';
import { InputError, OperatorError } from '../../../operator/errors';
import { SeveralRegionsError } from '../../../operator/explain/about-resource';
import { UnknownFindingError } from '../../../operator/findings/finding-name';
import { UnconfirmedOrderError } from '../../../operator/hub/door/unconfirmed-order';
import { bucketRecord } from '../../operator/records';

const photos = bucketRecord();
const key = '00000000-0000-4000-8000-000000000001';

describe('an error at the keyboard', () => {
  it.each<[string, OperatorError, string | RegExp]>([
    ['the option that was wrong', new InputError('is "x".', 'until'), '--until is "x".'],
    [
      'the option in its own spelling',
      new InputError('is "x".', 'resource region'),
      '--resource-region is "x".',
    ],
    ['a whole sentence as it is', new InputError('There is no control "x".'), 'There is no control "x".'],
    [
      'the option that would tell Regions apart',
      new SeveralRegionsError('photos', ['eu-west-1', 'us-east-1']),
      'photos has findings in eu-west-1, us-east-1. Which? --resource-region',
    ],
    [
      'the command that lists findings',
      new UnknownFindingError('photo', [], false),
      'There is no finding "photo".\nAll findings:\n  npm run -s staunch -- findings',
    ],
    [
      'that command under those that may be meant',
      new UnknownFindingError('photo', ['  a', '  b'], false),
      'There is no finding "photo". Did you mean\n  a\n  b\nAll findings:\n  npm run -s staunch -- findings',
    ],
    [
      'no command where there is nothing to list',
      new UnknownFindingError('photo', [], true),
      'There is no finding "photo". You see no findings at all.',
    ],
    [
      'the command that shows what became of a finding',
      new UnconfirmedOrderError('It timed out.', {
        version: 2,
        key,
        order: 'retry',
        finding: photos.identity,
        occurrence: 1,
      }),
      /not known whether.* It timed out\. Its key is 0{8}-0000-4000-8000-0{11}1, .*What became of the finding:\n {2}npm run -s staunch -- show FINDING\n.*not done twice/,
    ],
    [
      'the command that shows what is paused, where no finding was meant',
      new UnconfirmedOrderError('It timed out.', { version: 2, key, order: 'resume', scope: 'organization' }),
      /It timed out.* What is paused:\n {2}npm run -s staunch -- findings\n/,
    ],
    ['any other as it is', new OperatorError('No.'), 'No.'],
  ])('names %s', (_, error, expected) => {
    if (typeof expected === 'string') expect(errorText(error)).toBe(expected);
    else expect(errorText(error)).toMatch(expected);
  });

  it('has the command that approves a lossy plan all the same, where it was asked', () => {
    const error = new UnacceptedLossError(bucketRecord({ identity: { resourceId: "it's" } }));

    expect(errorText(error, { region: 'eu-west-1', ordersUrl: 'https://orders.example.com' })).toContain(
      "\n  npm run -s staunch -- approve '222222222222#eu-west-1#s3-public-access#it'\\''s#1' --accept-loss --region eu-west-1 --orders-url https://orders.example.com",
    );
  });
});
