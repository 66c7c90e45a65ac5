import type { Json, JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';

const control = 'ami-public';
const ImageId = 'ami-0123456789abcdef0';
const partner = { UserId: '444455556666' };
const everybody = { Group: 'all' };
const OrganizationArn = 'arn:aws:organizations::111122223333:organization/o-aaaaaaaaaa';
const OrganizationalUnitArn = 'arn:aws:organizations::111122223333:ou/o-bbbbbbbbbb/ou-abcd-12345678';

const ami = (LaunchPermissions: Json[], more: JsonObject = {}, parameters?: JsonObject): Example => ({
  control,
  ...(parameters && { parameters }),
  answer: () => ({
    ImageId,
    OwnerId: '222222222222',
    CreationDate: '2026-01-01T00:00:00.000Z',
    LaunchPermissions,
    ImageBlockPublicAccessState: 'unblocked',
    ...more,
  }),
});

/** AMIs. No words of strangers are part of what decides. */
export const amiExamples: TypeExamples = {
  ids: () => [ImageId, 'ami-01234567'],
  longestId: () => `ami-${'f'.repeat(17)}`,
  noIds: [
    'ami-0123',
    'ami-0123456789abcdef01',
    'ami-*',
    'my-image',
    'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0',
    'snap-0123456789abcdef0',
  ],
  dangers: {
    'shared with everybody': ami([everybody]),
    'shared with everybody, an account, an organization and a unit': ami([
      partner,
      { OrganizationArn },
      everybody,
      { OrganizationalUnitArn },
    ]),
    'shared with everybody before new sharing was blocked': ami([everybody], {
      ImageBlockPublicAccessState: 'block-new-sharing',
    }),
    'what the aws command line prints': {
      control,
      answer: () => ({ ImageId, LaunchPermissions: [everybody] }),
    },
    'shared with an organization that is not trusted': ami(
      [{ OrganizationArn }, { OrganizationalUnitArn }],
      {},
      { trustedOrganizations: ['o-aaaaaaaaaa'] },
    ),
  },
  neighbours: {
    'shared with nobody': ami([]),
    'shared with accounts, an organization and a unit': ami([
      partner,
      { OrganizationArn },
      { OrganizationalUnitArn },
    ]),
    'shared with trusted accounts and organizations': ami(
      [partner, { OrganizationalUnitArn }],
      {},
      { trustedAccounts: ['444455556666'], trustedOrganizations: ['o-bbbbbbbbbb'] },
    ),
  },
};
