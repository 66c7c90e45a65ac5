import type { LiveResource } from '../../../../sandbox/services/config/configuration-item';
import { changedProperties } from '../../../../sandbox/services/config/item-diff';

function resource(configuration: LiveResource['configuration'], supplementary = {}): LiveResource {
  return {
    resourceName: null,
    ARN: 'arn',
    availabilityZone: 'Regional',
    resourceCreationTime: null,
    tags: {},
    relationships: [],
    configuration,
    supplementaryConfiguration: supplementary,
  };
}

it('numbers what went and what came of a list, not its positions', () => {
  const before = resource({ ipPermissions: [{ fromPort: 22 }, { fromPort: 80 }] });
  const after = resource({ ipPermissions: [{ fromPort: 80 }, { fromPort: 443 }] });
  expect(changedProperties(before, after)).toEqual({
    'Configuration.IpPermissions.0': {
      previousValue: { fromPort: 22 },
      updatedValue: null,
      changeType: 'DELETE',
    },
    'Configuration.IpPermissions.1': {
      previousValue: null,
      updatedValue: { fromPort: 443 },
      changeType: 'CREATE',
    },
  });
});

it('sees that one of two equal elements went', () => {
  const changes = changedProperties(resource({ list: [1, 1] }), resource({ list: [1] }));
  expect(Object.keys(changes)).toEqual(['Configuration.List.0']);
});

it('sees no change in another order of keys, or of elements', () => {
  const before = resource({ list: [{ a: 1, b: 2 }, 3] });
  const after = resource({ list: [3, { b: 2, a: 1 }] });
  expect(changedProperties(before, after)).toEqual({});
});

it('names a part that came as a whole', () => {
  const block = { blockPublicAcls: true };
  const changes = changedProperties(resource({}), resource({}, { PublicAccessBlockConfiguration: block }));
  expect(changes).toEqual({
    'SupplementaryConfiguration.PublicAccessBlockConfiguration': {
      previousValue: null,
      updatedValue: block,
      changeType: 'CREATE',
    },
  });
});
