import { toldTags } from '../../config/told-tags';
import { testPolicy } from '../support/findings';

it('tells of the tags that name an owner, and of those by which a route goes', () => {
  const { slack } = testPolicy;
  const routes = [
    { channel: 'C0AAAAAAAAA', tags: { team: 'payments', owner: 'ada' }, source: 'organization.yaml:9' },
    { channel: 'C0BBBBBBBBB', where: { accounts: ['111111111111'] }, source: 'organization.yaml:10' },
  ];
  expect(toldTags({ slack })).toEqual(['owner', 'Owner']);
  expect(toldTags({ slack: { ...slack, ownerTags: ['owner'], routes } })).toEqual(['owner', 'team']);
});
