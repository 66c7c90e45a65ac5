import { randomUUID } from 'node:crypto';
import type { Place } from '../../events';
import type { Stack } from '../stack';
import { noteResource, noteStack, type StackRecord } from './record';
import type { Deploy, StackSettings } from './settings';

/** CloudFormation refuses something about a stack; `code` is its error code. */
export class StackApiError extends Error {
  override readonly name = 'StackApiError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Every stack of the sandbox, those of stack sets included, as CloudFormation's API knows them. */
export class Stacks {
  /** In the order of creation; those that are deleted keep their place. */
  private readonly records: StackRecord[] = [];
  /** Texts of templates: the stacks of a stack set share one, which may be long. */
  private readonly bodies = new Map<string, string>();

  constructor(private readonly now: () => Date) {}

  /** Stacks of a place, the deleted ones included, in the order of creation. */
  in({ accountId, region }: Place): StackRecord[] {
    return this.records.filter((record) => record.accountId === accountId && record.region === region);
  }

  /** The stack of a name that is there, or of an id, also once it is deleted; undefined for none. */
  find(place: Place, nameOrId: string): StackRecord | undefined {
    const here = this.in(place);
    const standing = here.find(
      ({ stackName, status }) => stackName === nameOrId && status !== 'DELETE_COMPLETE',
    );
    return standing ?? here.find(({ stackId }) => stackId === nameOrId);
  }

  /** @throws StackApiError as AWS says it of a stack that does not exist */
  named(place: Place, nameOrId: string): StackRecord {
    const found = this.find(place, nameOrId);
    if (found) return found;
    throw new StackApiError('ValidationError', `Stack with id ${nameOrId} does not exist`);
  }

  /** Makes the record of a stack that is to be created. */
  add(place: Place, stackName: string, settings: StackSettings): StackRecord {
    const stackId = `arn:aws:cloudformation:${place.region}:${place.accountId}:stack/${stackName}/${randomUUID()}`;
    const record: StackRecord = {
      accountId: place.accountId,
      region: place.region,
      stackId,
      stackName,
      settings,
      status: 'REVIEW_IN_PROGRESS',
      createdAt: this.now(),
      terminationProtection: false,
      resources: new Map(),
      events: [],
      changeSets: new Map(),
    };
    this.records.push(record);
    return record;
  }

  /**
   * Creates a stack that has a record.
   * @throws what `deploy` throws, after the stack was rolled back
   */
  async create(record: StackRecord, deploy: Deploy): Promise<Stack> {
    noteStack(record, 'CREATE_IN_PROGRESS', this.now());
    try {
      const stack = await deploy((event) => noteResource(record, event, this.now()));
      record.stack = stack;
      noteStack(record, 'CREATE_COMPLETE', this.now());
      return this.removable(record, stack);
    } catch (error) {
      noteStack(record, 'ROLLBACK_COMPLETE', this.now(), reasonOf(error));
      throw error;
    }
  }

  /**
   * Updates a stack.
   * @throws what `change` throws; the stack is as it was then
   */
  async update(record: StackRecord, settings: StackSettings, change: () => Promise<unknown>): Promise<void> {
    noteStack(record, 'UPDATE_IN_PROGRESS', this.now());
    record.updatedAt = this.now();
    try {
      await change();
    } catch (error) {
      noteStack(record, 'UPDATE_ROLLBACK_COMPLETE', this.now(), reasonOf(error));
      throw error;
    }
    record.settings = settings;
    noteStack(record, 'UPDATE_COMPLETE', this.now());
  }

  /** Deletes a stack. @throws what its removal throws; the stack is `DELETE_FAILED` then, and can be deleted again */
  async delete(record: StackRecord): Promise<void> {
    noteStack(record, 'DELETE_IN_PROGRESS', this.now());
    try {
      await record.stack?.remove();
    } catch (error) {
      noteStack(record, 'DELETE_FAILED', this.now(), reasonOf(error));
      throw error;
    }
    delete record.stack;
    record.deletedAt = this.now();
    noteStack(record, 'DELETE_COMPLETE', this.now());
  }

  private bodyOf(template: object): string {
    const text = JSON.stringify(template);
    const known = this.bodies.get(text) ?? text;
    this.bodies.set(known, known);
    return known;
  }

  /** The stack, whose removal and updates through other ways than the API are taken down too. */
  private removable(record: StackRecord, stack: Stack): Stack {
    return {
      stackId: record.stackId,
      get outputs() {
        return stack.outputs;
      },
      update: (template, asset) => {
        const settings = { ...record.settings, templateBody: this.bodyOf(template) };
        return this.update(record, settings, () => stack.update(template, asset));
      },
      remove: () => this.delete(record),
    };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
