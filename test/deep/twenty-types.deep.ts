import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { maximumRolePolicies, roleSizes } from '../../bench/twenty/role-sizes';
import { memberTemplateBytes, roomForTypes } from '../../bench/twenty/room';
import { plannedTypes, withTwentyTypes } from '../../bench/twenty/with-twenty-types';
import { customFacts } from '../../controls/facts';
import type { Assembly, Template } from '../../infra/assembly';
import { memberTemplatesLimit } from '../../infra/bundle-limits';
import { longestPattern } from '../../infra/trail-patterns';
import { factsOf, resourceTypes } from '../../resources/resource-types';
import { assemble, memberTemplate, resourcesOf, stackTemplate } from '../infra/support/assemble';

/** How the names of the rules for the doctor's own calls end. */
const probeEnd = /-probes?$/;

describe('with twenty resource types', () => {
  const directory = mkdtempSync(join(tmpdir(), 'staunch-twenty-'));
  const added = plannedTypes - Object.keys(resourceTypes).length;
  let today: Assembly;
  let twenty: Assembly;

  beforeAll(async () => {
    today = await assemble('approval');
    twenty = withTwentyTypes(resolve(__dirname, '..', '..'), directory);
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('judges each by a rule of its own, with one function and its code', () => {
    const regional = memberTemplate(twenty, 'staunch-rules');
    const rules = resourcesOf(regional, 'AWS::Config::ConfigRule').filter(([, { Properties }]) =>
      JSON.stringify(Properties?.Source).includes('CUSTOM_LAMBDA'),
    );
    const recorded = customFacts.filter(({ resourceType }) => factsOf(resourceType).isRecorded);
    expect(rules).toHaveLength(recorded.length + added);
    const scopes = rules.flatMap(([, { Properties }]) => Object(Properties?.Scope).ComplianceResourceTypes);
    const types = new Set(recorded.map(({ resourceType }) => resourceType));
    expect(new Set(scopes.filter((type) => !type.includes('Account'))).size).toBe(types.size + added);
    expect(resourcesOf(regional, 'AWS::Lambda::Function')).toHaveLength(1);
    expect(memberTemplateBytes(twenty) - memberTemplateBytes(today)).toBeGreaterThan(added * 5_000);
  });

  it('forwards recorded calls about each by a rule of its own, and takes them all by rules that EventBridge takes', () => {
    const namesAndPatterns = (template: Template, prefix: string) =>
      resourcesOf(template, 'AWS::Events::Rule')
        // The doctor's own calls have rules beside those of the types.
        .filter(([, { Properties }]) => !probeEnd.test(String(Properties?.Name)))
        .filter(([, { Properties }]) => String(Properties?.Name).startsWith(prefix))
        .map(([, { Properties }]) => Object(Properties?.EventPattern));
    const forwarding = namesAndPatterns(memberTemplate(twenty, 'staunch-trail'), 'staunch-forward-trail-');
    expect(forwarding).toHaveLength(plannedTypes);
    const taking = namesAndPatterns(stackTemplate(twenty, 'staunch-hub'), 'staunch-trail');
    const sources = forwarding.flatMap(({ source }) => source);
    const ofToday = new Set(Object.values(resourceTypes).map(({ trail }) => trail.source));
    expect(new Set(sources).size).toBe(ofToday.size + added);
    for (const { source } of taking) expect(source.toSorted()).toEqual([...new Set(sources)].sort());
    for (const pattern of [...forwarding, ...taking])
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(longestPattern);
  });

  it('keeps the member templates within their limit', () => {
    expect(memberTemplateBytes(twenty)).toBeLessThanOrEqual(memberTemplatesLimit * 1_000);
  });

  it('keeps the policies of every role within what IAM takes, each type with actions of its own', () => {
    const sizes = roleSizes(twenty);
    expect(sizes.filter(({ characters }) => characters > maximumRolePolicies)).toEqual([]);
    const of = (name: string, all: ReturnType<typeof roleSizes>) =>
      all.find((role) => role.name === name)?.characters ?? 0;
    for (const name of ['staunch-read', 'staunch-remediation', 'staunch-coordinator'])
      expect(of(name, sizes)).toBeGreaterThan(of(name, roleSizes(today)) + added * 60);
  });

  it('says with how many types each reaches its limit', () => {
    for (const { today: now, twenty: then, limit, fit } of roomForTypes(today, twenty)) {
      expect(then).toBeLessThanOrEqual(limit);
      if (fit !== undefined) expect(fit).toBeGreaterThanOrEqual(plannedTypes);
      else expect(then).toBe(now);
    }
  });
});
