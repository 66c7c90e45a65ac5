import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CustomControl } from '../../controls/control';
import { customControls } from '../../controls/registry';
import { ResourceInputError } from '../../core/errors';
import { findingKey } from '../../core/finding';
import type { Json, JsonObject } from '../../core/json';
import { roleNames } from '../../core/names';
import type { Change, Plan } from '../../core/plan';
import { sessionPolicy } from '../../hub-functions/coordinator/member/session-policy';
import { undo } from '../../hub-functions/remediation/undo';
import { isRelevant } from '../../member-functions/rule/verdict';
import { recognize } from '../../operator/evaluate/resource-forms';
import type { ResourceType } from '../../resources/kit/resource-type';
import { resources } from '../../resources/registry';
import { type FixableResourceType, isResourceId, resourceTypes } from '../../resources/resource-types';
import { plantedTypes } from '../../sandbox/resources/planted';
import type { LiveResource } from '../../sandbox/services/config/configuration-item';
import { changedProperties } from '../../sandbox/services/config/item-diff';
import { serviceNamed } from '../../sandbox/services/registry';
import { InMemoryAws } from '../faults/aws/in-memory-aws';
import type { Example, TypeExamples } from './examples/examples';
import { examples } from './examples/registry';
import { missingParts } from './missing-parts';
import { underFaultsOf } from './under-faults';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const seed = 20_261_126;
const projectRoot = join(__dirname, '..', '..');
const typeNames = Object.keys(resourceTypes) as FixableResourceType[];
const isEachWhole = typeNames.every((name) => missingParts(name).length === 0);

/** What a stranger may write: anything. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '\u001b[2J',
    'a\n+ b',
    '\u202e',
    '<!channel>',
    '*',
    '$' + '{a}',
  ),
);

describe.each(typeNames)('%s', (name) => {
  const type: ResourceType = resources[name];
  const own: TypeExamples = examples[name];
  const controls = customControls.filter(({ resourceType }) => resourceType === name);

  const lacking = missingParts(name);
  it('has all its parts', () => {
    expect(lacking).toEqual([]);
  });
  // Nothing more can be said of half a type.
  if (lacking.length > 0) return;

  describe('is complete', () => {
    it('has its own name in every registry', () => {
      expect(resourceTypes[name].type).toBe(name);
      expect(type.type).toBe(name);
    });

    it('has an adapter in the folder of its slug, by the name with which it is bundled', async () => {
      const adapter = join(projectRoot, 'resources', type.slug, 'adapter.ts');
      expect(existsSync(adapter)).toBe(true);
      expect(((await import(adapter)) as { adapter(): object }).adapter()).toMatchObject({
        resourceType: name,
      });
    });

    it('has a control', () => {
      expect(controls.map(({ id }) => id)).not.toEqual([]);
    });

    it('is planted in the sandbox: something dangerous, and a harmless neighbour', () => {
      const kinds = plantedTypes.flatMap(({ dangerous, harmless }) => [
        ...Object.values(dangerous ?? {}).map(({ resourceType }) => `dangerous ${resourceType}`),
        ...Object.values(harmless ?? {}).map(({ resourceType }) => `harmless ${resourceType}`),
      ]);
      expect(kinds).toContain(`dangerous ${name}`);
      expect(kinds).toContain(`harmless ${name}`);
    });

    it('goes through the faults', () => {
      const under = underFaultsOf(name);
      expect(under).not.toEqual([]);
      for (const { identity } of under) expect(identity(place.accountId).resourceType).toBe(name);
    });

    it('names the calls that change it, of a service whose calls the sandbox records', () => {
      const { source, names } = type.trail;
      expect(serviceNamed(source.replace(/\.amazonaws\.com$/, ''))?.trail).toBeDefined();
      // What closes it opens it too.
      for (const { fixPermissions } of controls) {
        const closing = fixPermissions.flatMap(({ actions }) =>
          actions.map((action) => action.split(':')[1]),
        );
        expect(names.filter((name) => closing.includes(name))).not.toEqual([]);
      }
    });

    it.each(controls)('has a danger and a neighbour as examples of $id', ({ id }) => {
      expect(Object.values(own.dangers).map(({ control }) => control)).toContain(id);
      expect(Object.values(own.neighbours).map(({ control }) => control)).toContain(id);
    });
  });

  describe('its ids', () => {
    it('are taken where their resource may lie', () => {
      for (const id of [...own.ids(place), own.longestId(place)]) {
        expect([id, isResourceId(name, id, place)]).toEqual([id, true]);
      }
    });

    it('are not taken for another place, where they say in which their resource lies', () => {
      const elsewhere = [
        { ...place, region: 'us-east-1' },
        { ...place, accountId: '333333333333' },
      ];
      const here = [...own.ids(place), own.longestId(place)];
      for (const other of elsewhere) {
        const there = [...own.ids(other), own.longestId(other)].filter((id) => !here.includes(id));
        for (const id of there) expect([id, isResourceId(name, id, place)]).toEqual([id, false]);
      }
    });

    it.each(own.noIds.map((id) => [id]))('are not %j', (id) => {
      expect(isResourceId(name, id)).toBe(false);
    });

    it('hold nothing that means something in a policy, in a key of the ledger, or on a terminal', () => {
      const hostile = fc.constantFrom('*', '?', '$', '#', '"', '\\', ' ', '\n', '\u0000', '\u202e', 'é');
      fc.assert(
        fc.property(fc.constantFrom(...own.ids(place)), fc.nat(), hostile, (id, at, character) => {
          const index = at % (id.length + 1);
          const changed = `${id.slice(0, index)}${character}${id.slice(index)}`;
          expect(isResourceId(name, changed, place)).toBe(false);
        }),
        { seed },
      );
    });

    it('stand in the key of a finding and in an ARN', () => {
      for (const id of own.ids(place)) {
        const finding = { ...place, control: 'a-control', resourceType: name, resourceId: id };
        expect(findingKey(finding).split('#')).toHaveLength(4);
        expect(type.arn(place.accountId, place.region, id)).toMatch(/^arn:aws:[^*?$]+$/);
      }
    });

    it('fit into a session policy, the longest too, which names that one resource', () => {
      const longest = own.longestId(place);
      for (const control of controls) {
        const finding = { ...place, control: control.id, resourceType: name, resourceId: longest };
        const policy = sessionPolicy(control, finding, 'apply');
        expect(policy).toContain(JSON.stringify(type.arn(place.accountId, place.region, longest)));
      }
    });
  });

  const itemOf = (answer: JsonObject) => own.item?.(answer) ?? {};
  const recorded = (answer: JsonObject) =>
    ({ relationships: [], ...itemOf(answer) }) as unknown as LiveResource;

  it('has items where AWS Config records it, and takes nothing for one where it does not', () => {
    expect(own.item !== undefined).toBe(type.isRecorded);
    if (type.isRecorded) return;
    const item = { resourceType: name, resourceId: own.ids(place)[0], configuration: {} };
    expect(() => type.fromConfigurationItem(item)).toThrow(ResourceInputError);
  });

  describe.each(Object.entries(own.dangers))('dangerous: %s', (_what, example) => {
    const { control, parameters, resource } = prepared(type, example);

    it('is found, and a plan heals it: the next is empty', () => {
      expect(control.evaluate(resource, parameters).compliance).toBe('NON_COMPLIANT');
      const plan = planned(control, resource, parameters);
      expect(plan.changes).not.toEqual([]);
      expect(plan.lossy).toBe(plan.losses.length > 0);
      const healed = type.applyChanges(resource, plan.changes);
      expect(control.evaluate(healed, parameters)).toEqual({ compliance: 'COMPLIANT', violations: [] });
      expect(planned(control, healed, parameters)).toEqual({ changes: [], lossy: false, losses: [] });
    });

    it('has a plan that survives as JSON', () => {
      const plan = planned(control, resource, parameters);
      const survived = JSON.parse(JSON.stringify(plan)) as Plan;
      expect(survived).toEqual(plan);
      expect(type.applyChanges(resource, survived.changes)).toEqual(
        type.applyChanges(resource, plan.changes),
      );
    });

    if (type.isRecorded)
      it('is found in its configuration item as well', () => {
        const item = itemOf(example.answer(''));
        for (const form of [item, JSON.parse(JSON.stringify(item)) as JsonObject]) {
          const read = control.fromConfigurationItem(form);
          expect(control.evaluate(read, parameters).compliance).toBe('NON_COMPLIANT');
        }
      });

    it('is named where it is handed over', () => {
      const answer = example.answer('');
      // Whose an item is, every type is asked: half a type could not answer.
      for (const form of isEachWhole && type.isRecorded ? [answer, itemOf(answer)] : [answer]) {
        const { name: named } = recognize(form, control);
        expect([named, isResourceId(name, named ?? '', place)]).toEqual([named, true]);
      }
    });

    if (type.isRecorded)
      it('is looked at again when its item becomes that of a neighbour, and when it was one', () => {
        const neighbours = Object.entries(own.neighbours).filter(([, each]) => each.control === control.id);
        for (const [what, { answer }] of neighbours) {
          const [danger, neighbour] = [example.answer(''), answer('')].map(recorded) as [
            LiveResource,
            LiveResource,
          ];
          for (const changed of [
            changedProperties(danger, neighbour),
            changedProperties(neighbour, danger),
          ]) {
            expect([what, isRelevant(control, Object.keys(changed))]).toEqual([what, true]);
          }
        }
      });

    it('is judged, planned for and shown the same, whatever its owners wrote', () => {
      fc.assert(
        fc.property(words, (text) => {
          const read = type.fromApi(example.answer(text));
          const { violations } = control.evaluate(read, parameters);
          const { changes } = control.plan(read, violations, parameters);
          expect(changes.map(({ action }) => action)).toEqual(
            planned(control, resource, parameters).changes.map(({ action }) => action),
          );
          for (const change of JSON.parse(JSON.stringify(changes)) as Change[]) {
            for (const line of type.changeLines(change) ?? []) expect(line.text).not.toMatch(unprintable);
          }
        }),
        { seed, numRuns: 50 },
      );
    });
  });

  describe.each(Object.entries(own.neighbours))('harmless: %s', (_what, example) => {
    it('stays as it is', () => {
      const { control, parameters, resource } = prepared(type, example);
      expect(control.evaluate(resource, parameters)).toEqual({ compliance: 'COMPLIANT', violations: [] });
      expect(planned(control, resource, parameters)).toEqual({ changes: [], lossy: false, losses: [] });
      if (!type.isRecorded) return;
      const recorded = control.fromConfigurationItem(itemOf(example.answer('')));
      expect(control.evaluate(recorded, parameters).compliance).toBe('COMPLIANT');
    });
  });

  describe.each(underFaultsOf(name))('over AWS', ({ variants, adapter, identity, plant, fixed, state }) => {
    let aws: InMemoryAws;
    let restore: () => void;
    beforeEach(() => {
      aws = new InMemoryAws();
      restore = aws.install();
    });
    afterEach(() => restore());

    it.each(variants)('is fixed and undone to the byte: %s', async (variant) => {
      const finding = identity(place.accountId);
      const control = controls.find(({ id }) => id === finding.control) as CustomControl;
      const parameters = control.parameters.parse({});
      plant(aws, place.accountId, variant);
      const planted = state(aws);
      const live = adapter.open({
        finding,
        credentials: aws.sessions.open({
          accountId: place.accountId,
          roleName: roleNames.remediation,
          sessionName: 'a-finding',
          policy: sessionPolicy(control, finding, 'apply'),
          expiresAt: Number.POSITIVE_INFINITY,
        }),
        signal: new AbortController().signal,
        mayWrite: async () => {},
      });
      const reading = async () => {
        const read = await live.read();
        if (read === 'gone') throw new Error('It is there.');
        return read;
      };

      const before = await reading();
      const plan = planned(control, before.resource, parameters);
      const made: Change[] = [];
      await live.apply(plan, before, (changes) => made.push(...changes));
      expect([...state(aws)].sort()).toEqual([...fixed(variant)].sort());
      const after = await reading();
      expect(planned(control, after.resource, parameters).changes).toEqual([]);

      const saved = JSON.parse(JSON.stringify({ before: before.before, made, after: after.before })) as {
        before: Json;
        made: Change[];
        after: Json;
      };
      const history = {
        steps: [{ before: saved.before, changes: plan.changes, made: saved.made }] as const,
        after: saved.after,
      };
      const { outcome } = await undo({
        control,
        parameters,
        live,
        planUndo: adapter.planUndo,
        history,
        pause: async () => {},
      });
      expect(outcome).toBe('undone');
      expect(state(aws)).toEqual(planted);
      const chosen = own.chosenByAws ?? [];
      expect(comparable((await reading()).before, chosen)).toEqual(comparable(before.before, chosen));
      expect(type.savedLines(saved.before as JsonObject).filter((line) => unprintable.test(line))).toEqual(
        [],
      );
      expect(aws.violations).toEqual([]);
    });
  });
});

/** What would control a terminal, or hide. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

function prepared(type: ResourceType, example: Example) {
  const control = customControls.find(({ id }) => id === example.control);
  if (!control) throw new Error(`No control is called ${example.control}.`);
  const parameters: unknown = control.parameters.parse(example.parameters ?? {});
  return { control, parameters, resource: type.fromApi(example.answer('')) };
}

function planned(control: CustomControl, resource: unknown, parameters: unknown): Plan {
  return control.plan(resource, control.evaluate(resource, parameters).violations, parameters);
}

/** A saved state without what AWS chooses, its lists in an order of their own. */
function comparable(value: Json, chosen: readonly string[]): Json {
  if (Array.isArray(value)) {
    return value
      .map((each) => comparable(each, chosen))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !chosen.includes(key))
      .map(([key, inner]) => [key, comparable(inner, chosen)]),
  );
}
