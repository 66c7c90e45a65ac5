import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { customFacts, factsById } from '../../controls/facts';
import { controlById, controls, customControls, managedControls } from '../../controls/registry';
import { factsOf } from '../../resources/resource-types';

describe('the registry', () => {
  it('finds every control by its id, and each id once', () => {
    expect(controls.map(({ id }) => controlById(id))).toEqual(controls);
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    expect(controlById('unknown')).toBeUndefined();
  });

  it('knows the facts of each control apart from what judges by it', () => {
    expect(customFacts.map(({ id }) => id)).toEqual(customControls.map(({ id }) => id));
    expect(controls.map(({ id }) => factsById(id)?.title)).toEqual(controls.map(({ title }) => title));
    expect(customFacts.some((facts) => 'evaluate' in facts)).toBe(false);
  });

  it('has each control in the folder of its id', () => {
    for (const { id } of controls) {
      expect(existsSync(join(__dirname, '../../controls', id, 'index.ts'))).toBe(true);
    }
  });

  it.each(customControls)('$id has defaults that its own schema takes back', ({ parameters }) => {
    const defaults = z.parse(parameters, {});

    expect(z.parse(parameters, defaults)).toEqual(defaults);
    expect(z.safeParse(parameters, { unknown: 1 }).success).toBe(false);
  });

  it.each(customControls)('$id says why a permission is not limited to the resource', (control) => {
    for (const permission of [...factsOf(control.resourceType).readPermissions, ...control.fixPermissions]) {
      expect(permission.on === 'resource' || permission.reason !== undefined).toBe(true);
    }
    expect(control.fixPermissions.every(({ on }) => on !== 'any')).toBe(true);
  });

  it('watches the password policy once for the account, and trails in every Region', () => {
    expect(managedControls.map(({ sourceIdentifier, regions }) => [sourceIdentifier, regions])).toEqual([
      ['IAM_PASSWORD_POLICY', 'home'],
      ['CLOUD_TRAIL_ENABLED', 'every'],
    ]);
    expect(managedControls[0]?.inputParameters).toMatchObject({
      MinimumPasswordLength: '14',
      PasswordReusePrevention: '24',
      MaxPasswordAge: '90',
    });
  });

  it('has titles that are nouns: they follow a state, as in "Compliant again: public S3 bucket"', () => {
    for (const { title } of controls) {
      expect(title).not.toMatch(/ (is|are|does|do|lets|has|have) /);
      expect(title).toMatch(/^([a-z]|S3|IAM|AWS)/);
    }
  });
});
