import type { Json } from '../../core/json';
import { TemplateError } from './errors';
import { attributeReference, intrinsicCall, isObject, substitution } from './resolve';
import { splitAttribute, substitutionParts } from './substitution';
import type { Template, TemplateResource } from './template';

/**
 * The resources of a template that will be created, each with the resources that have to exist before it.
 *
 * @param conditions The template's conditions, worked out.
 * @throws TemplateError for a reference to something that does not exist or is not created, or for a circle.
 */
export function dependencies(
  template: Template,
  conditions: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const created = Object.entries(template.Resources).filter(
    ([, resource]) => resource.Condition === undefined || holds(resource.Condition, conditions),
  );
  const ids = new Set(created.map(([logicalId]) => logicalId));
  const graph = new Map<string, ReadonlySet<string>>();
  for (const [logicalId, resource] of created) {
    const names = new Set(namesIn(resource.Properties, (condition) => holds(condition, conditions)));
    for (const name of names) {
      if (name.startsWith('AWS::') || Object.hasOwn(template.Parameters, name)) names.delete(name);
      else if (!ids.has(name)) throw new TemplateError(unresolved(logicalId, name));
    }
    for (const name of resource.DependsOn) {
      if (!Object.hasOwn(template.Resources, name)) throw new TemplateError(unresolved(logicalId, name));
      // CloudFormation ignores a dependency on a resource whose condition is false.
      if (ids.has(name)) names.add(name);
    }
    graph.set(logicalId, names);
  }
  refuseCircles(graph);
  return graph;
}

/** Whatever a resource of a stack that is there may refer to, by name: both branches of an `Fn::If` count. */
export function referencesOf({ Properties, DependsOn }: TemplateResource): ReadonlySet<string> {
  return new Set([...DependsOn, ...namesIn(Properties, () => undefined)]);
}

function unresolved(logicalId: string, name: string): string {
  return `${logicalId} refers to ${name}, which is neither a parameter nor a resource that is created.`;
}

/**
 * Every name that a value refers to; of an `Fn::If` only the branch that its condition chooses counts.
 * @param chooses what a condition comes to; undefined where both branches count
 */
function* namesIn(value: Json, chooses: (condition: string) => boolean | undefined): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* namesIn(item, chooses);
    return;
  }
  if (!isObject(value)) return;
  const call = intrinsicCall(value);
  if (!call) {
    for (const item of Object.values(value)) yield* namesIn(item, chooses);
  } else if (call.name === 'Ref') {
    yield String(call.argument);
  } else if (call.name === 'Fn::GetAtt') {
    yield attributeReference(call.argument).logicalId;
  } else if (call.name === 'Fn::Sub') {
    const { template, variables } = substitution(call.argument);
    for (const part of substitutionParts(template)) {
      if ('name' in part && !Object.hasOwn(variables, part.name)) yield splitAttribute(part.name).logicalId;
    }
    yield* namesIn(variables, chooses);
  } else if (call.name === 'Fn::If' && Array.isArray(call.argument)) {
    const [condition, whenTrue = null, whenFalse = null] = call.argument;
    const chosen = chooses(String(condition));
    if (chosen !== false) yield* namesIn(whenTrue, chooses);
    if (chosen !== true) yield* namesIn(whenFalse, chooses);
  } else {
    yield* namesIn(call.argument, chooses);
  }
}

function holds(condition: string, conditions: ReadonlyMap<string, boolean>): boolean {
  const value = conditions.get(condition);
  if (value === undefined) throw new TemplateError(`There is no condition ${condition}.`);
  return value;
}

function refuseCircles(graph: ReadonlyMap<string, ReadonlySet<string>>): void {
  const finished = new Set<string>();
  const visit = (logicalId: string, path: readonly string[]): void => {
    if (finished.has(logicalId)) return;
    if (path.includes(logicalId)) {
      const circle = [...path.slice(path.indexOf(logicalId)), logicalId];
      throw new TemplateError(`Resources wait for each other in a circle: ${circle.join(' → ')}.`);
    }
    for (const next of graph.get(logicalId) ?? []) visit(next, [...path, logicalId]);
    finished.add(logicalId);
  };
  for (const logicalId of graph.keys()) visit(logicalId, []);
}
