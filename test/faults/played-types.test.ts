import { playedTypes } from './resource-types/played';
import { resourceTypesUnderFaults } from './resource-types/registry';

it('plays every type, or the one that STAUNCH_FAULTS_OF names', () => {
  expect(playedTypes({})).toBe(resourceTypesUnderFaults);
  expect(playedTypes({ STAUNCH_FAULTS_OF: 'queue' }).map(({ name }) => name)).toEqual(['queue']);
});

it('says which types there are', () => {
  expect(() => playedTypes({ STAUNCH_FAULTS_OF: 'lamp' })).toThrow(/group, bucket, queue/);
});
