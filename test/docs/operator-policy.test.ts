import { operatorStatements } from '../../sandbox/scenario/operator-policy';
import { pageText } from './support/pages';

it("an operator's rights are what the page on operating says, and the sandbox's operators have no others", () => {
  const [, block = ''] =
    /An operator's role in the hub requires[\s\S]*?```json\n([\s\S]*?)```/.exec(
      pageText('docs/operate.md'),
    ) ?? [];
  const text = block.replaceAll('REGION', 'eu-west-1').replaceAll('HUB', '222222222222');
  expect(JSON.parse(text).Statement).toEqual(
    operatorStatements({ accountId: '222222222222', region: 'eu-west-1' }),
  );
});
