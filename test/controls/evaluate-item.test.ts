import { itemsOf } from '../../bench/items/registry';
import { customControls } from '../../controls/registry';
import { control as openPorts } from '../../controls/security-group-open-ports';
import { holdBothPaths } from './support/both-paths';
import { oddItems } from './support/odd-items';

const seed = 20_261_126;

const shortened = customControls.filter(({ evaluateItem }) => evaluateItem !== undefined);

describe.each(shortened.map((control) => [control.id, control] as const))(
  'a short look by %s',
  (_id, control) => {
    const own = itemsOf(control.resourceType, 3_000, seed);

    it('says of ordinary items what the model says, and is enough for most', () => {
      expect(holdBothPaths(control, own)).toBeGreaterThan(own.length / 2);
    });

    it('says of odd items what the model says, or nothing', () => {
      expect(holdBothPaths(control, oddItems(own, seed))).toBeGreaterThan(0);
    });
  },
);

describe('a short look at a group', () => {
  // 0.0.0.0/7 holds 0.0.0.0/8, which nobody on the internet has: what is left is as much as a /8, and no more.
  const ipv4Ranges = [{ cidrIp: '0.0.0.0/7' }, { cidrIp: '52.0.0.0/16' }];
  const ipPermissions = [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipv4Ranges }];
  const item = {
    resourceType: 'AWS::EC2::SecurityGroup',
    configurationItemStatus: 'OK',
    configuration: { groupId: 'sg-1', ipPermissions },
  };
  const model = openPorts.fromConfigurationItem(item);

  it('leaves to the model a broad source that is the internet only together with a narrow one', () => {
    const parameters = openPorts.parameters.parse({ ipv4SumPrefix: 8 });

    expect(openPorts.evaluate(model, parameters).compliance).toBe('NON_COMPLIANT');
    expect(openPorts.evaluateItem?.(item, parameters)).toBeUndefined();
  });

  it('is enough for a broad source that is not the internet, where the sum is small', () => {
    const parameters = openPorts.parameters.parse({});

    expect(openPorts.evaluateItem?.(item, parameters)).toEqual(openPorts.evaluate(model, parameters));
    expect(openPorts.evaluate(model, parameters).compliance).toBe('COMPLIANT');
  });
});
