// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written.
import type { Json } from '../../../core/json';
import { TemplateError } from '../../../sandbox/cloudformation/errors';
import { type Names, resolve } from '../../../sandbox/cloudformation/resolve';
import { UnsupportedError } from '../../../sandbox/failures';

const refs: Record<string, Json | undefined> = {
  'AWS::Region': 'eu-west-1',
  Queue: 'url',
  Zones: ['a', 'b'],
};
const names: Names = {
  ref: async (name) => refs[name],
  attribute: async (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: async (name) => name === 'Yes',
  mapping: (...keys) => keys.join('-'),
};

describe('resolve', () => {
  it.each<[string, Json, Json]>([
    ['Ref', { Ref: 'Queue' }, 'url'],
    ['Fn::GetAtt with a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue/Arn'],
    ['Fn::GetAtt with text', { 'Fn::GetAtt': 'Queue.Nested.Arn' }, 'Queue/Nested.Arn'],
    ['Fn::Join', { 'Fn::Join': [':', ['a', { Ref: 'Queue' }, 3]] }, 'a:url:3'],
    ['Fn::Join over a list that is worked out', { 'Fn::Join': ['-', { Ref: 'Zones' }] }, 'a-b'],
    ['Fn::Split and Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'x,y,z'] }] }, 'y'],
    ['Fn::Base64', { 'Fn::Base64': 'text' }, 'dGV4dA=='],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'Key'] }, 'Map-eu-west-1-Key'],
    ['Fn::If, true', { 'Fn::If': ['Yes', 'then', { Ref: 'Nowhere' }] }, 'then'],
    ['Fn::If, false', { 'Fn::If': ['No', { Ref: 'Nowhere' }, 'else'] }, 'else'],
    [
      'Fn::Sub',
      { 'Fn::Sub': 'a ${AWS::Region} ${Queue.Arn} ${!Literal}' },
      'a eu-west-1 Queue/Arn ${Literal}',
    ],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': ['${Own}-${Queue}', { Own: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] },
      'Queue/Arn-url',
    ],
    ['nesting', { a: [{ b: { Ref: 'Queue' } }] }, { a: [{ b: 'url' }] }],
    ['an object that only looks like one', { Ref: 'Queue', Other: 1 }, { Ref: 'Queue', Other: 1 }],
  ])('works out %s', async (_, value, expected) => {
    expect(await resolve(value, names)).toEqual(expected);
  });

  it('leaves AWS::NoValue out of objects and lists', async () => {
    const none = { Ref: 'AWS::NoValue' };
    expect(await resolve({ kept: 1, dropped: none, list: [none, 2] }, names)).toEqual({ kept: 1, list: [2] });
  });

  it('refuses an intrinsic that it does not know, by name', async () => {
    await expect(resolve({ a: { 'Fn::ImportValue': 'x' } }, names)).rejects.toThrow(UnsupportedError);
    await expect(resolve({ a: { 'Fn::ImportValue': 'x' } }, names)).rejects.toThrow('Fn::ImportValue');
  });

  it.each<[string, Json]>([
    ['a join without a list', { 'Fn::Join': [',', 'text'] }],
    ['a selection past the end', { 'Fn::Select': [2, ['a']] }],
    ['an object in text', { 'Fn::Join': ['', [{ a: 1 }]] }],
    ['a missing branch', { 'Fn::If': ['Yes', 'then'] }],
  ])('refuses %s', async (_, value) => {
    await expect(resolve(value, names)).rejects.toThrow(TemplateError);
  });
});
