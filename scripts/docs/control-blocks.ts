import * as z from 'zod/mini';
import type { Control, CustomControl, ManagedControl } from '../../controls/control';
import { parameterDescriptions } from '../../controls/parameter-descriptions';
import { configRuleName } from '../../core/names';
import type { Permission } from '../../core/permission';
import { factsOf } from '../../resources/resource-types';
import { type Blocks, markdownTable } from './blocks';

/** What the code says of a control, for its page under `docs/controls/`. */
export function controlBlocks(control: Control): Blocks {
  return control.kind === 'custom'
    ? { facts: customFacts(control), parameters: parameters(control), permissions: permissions(control) }
    : { facts: managedFacts(control), parameters: ruleParameters(control) };
}

/** The table of all controls, for the README. */
export function controlsTable(controls: readonly Control[]): string {
  return markdownTable(
    ['control', 'severity', 'finds', 'Staunch'],
    controls.map((control) => [
      `[\`${control.id}\`](docs/controls/${control.id}.md)`,
      control.severity,
      control.title,
      whatStaunchDoes(control),
    ]),
  );
}

/** Where the parameters of each control are described, for docs/policy.md. */
export function parametersList(controls: readonly CustomControl[]): string {
  return controls.map(({ id }) => `- [\`${id}\`](controls/${id}.md#parameters)`).join('\n');
}

function whatStaunchDoes(control: Control): string {
  if (control.kind === 'managed') return 'reports it';
  return control.alwaysLossy === true ? 'fixes it, after approval' : 'fixes it';
}

function customFacts({ id, title, severity, resourceType, accountSetting }: CustomControl): string {
  return markdownTable(
    ['', ''],
    [
      ['finds', title],
      ['severity', severity],
      ['resource type', `\`${resourceType}\``],
      ['AWS Config rule', ruleOf(id, resourceType)],
      ...(accountSetting === undefined
        ? []
        : [['setting of the account that counts too', `\`${accountSetting}\``]]),
    ],
  );
}

/** A control whose type AWS Config does not record has no rule. */
function ruleOf(id: string, resourceType: CustomControl['resourceType']): string {
  return factsOf(resourceType).isRecorded
    ? `\`${configRuleName(id)}\`, in each watched account and Region`
    : 'none: AWS Config does not record the type; the trail and the patrol find it';
}

function managedFacts({ id, title, severity, sourceIdentifier, regions }: ManagedControl): string {
  return markdownTable(
    ['', ''],
    [
      ['finds', title],
      ['severity', severity],
      ["AWS's managed rule", `\`${sourceIdentifier}\``],
      [
        'AWS Config rule',
        `\`${configRuleName(id)}\`, in ${regions === 'home' ? "the hub's Region" : 'each Region'} of each watched account`,
      ],
    ],
  );
}

function parameters({ id, parameters: schema }: CustomControl): string {
  const defaults = schema.parse({}) as Readonly<Record<string, unknown>>;
  const described = Object.entries(parameterDescriptions[id] ?? {});
  const undescribed = parameterNames(schema).filter((name) => !described.some(([known]) => known === name));
  if (undescribed.length > 0) {
    throw new Error(`controls/${id}/parameter-descriptions.ts does not describe ${undescribed.join(', ')}.`);
  }
  if (described.length === 0) return 'The control takes no parameters.';
  return markdownTable(
    ['parameter', 'default', 'what it says'],
    described.map(([name, description]) => [
      `\`${name}\``,
      defaults[name] === undefined ? 'absent' : `\`${JSON.stringify(defaults[name])}\``,
      description,
    ]),
  );
}

/** The names of a schema's parameters, also of those that have no default. */
export function parameterNames(schema: CustomControl['parameters']): string[] {
  return Object.keys(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {});
}

function ruleParameters({ inputParameters }: ManagedControl): string {
  const rows = Object.entries(inputParameters).map(([name, value]) => [`\`${name}\``, `\`${value}\``]);
  return rows.length === 0
    ? 'Staunch gives the rule no parameters.'
    : markdownTable(["parameter of AWS's rule", 'value'], rows);
}

function permissions({ resourceType, fixPermissions }: CustomControl): string {
  const { readPermissions, patrolPermissions } = factsOf(resourceType);
  return markdownTable(
    ['session', 'IAM actions', 'limited to', 'why'],
    [
      ...readPermissions.map((permission) => permissionRow('`staunch-read`', permission)),
      ...fixPermissions.map((permission) => permissionRow('`staunch-remediation`', permission)),
      ...patrolPermissions.map((permission) =>
        permissionRow('`staunch-patrol`', permission, 'each one in the account and Region'),
      ),
    ],
  );
}

function limitOf(on: Permission['on'], resource: string): string {
  if (on === 'resource') return resource;
  return on === 'any' ? 'the account and Region' : on.noun;
}

/** @param resource what a session is limited to where AWS can name the resource */
function permissionRow(
  session: string,
  { actions, on, reason = '' }: Permission,
  resource = 'the one resource',
): string[] {
  return [session, actions.map((action) => `\`${action}\``).join(', '), limitOf(on, resource), reason];
}
