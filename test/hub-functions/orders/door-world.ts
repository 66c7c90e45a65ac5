import { randomUUID } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { CompiledPolicy } from '../../../config/compiled';
import type { Actor, CallerIdentity } from '../../../core/actor';
import type { OrderAnswer } from '../../../core/order';
import { GivenOrders } from '../../../hub-functions/coordinator/orders/given-orders';
import { Orders } from '../../../hub-functions/coordinator/orders/orders';
import { Door } from '../../../hub-functions/orders/door';
import { doorParts } from '../../../hub-functions/orders/parts';
import type { Reply } from '../../../hub-functions/orders/reply';
import { NoTreeError } from '../../../hub-functions/tree-reader';
import { KeptOrders } from '../../../ledger/orders/orders';
import {
  type OrganizationTree,
  placeIn,
  type TreeNode,
  unitPathIn,
} from '../../../ledger/organization/organization-tree';
import { accounts, testPolicy } from '../../support/findings';
import type { MemoryTables } from '../../support/memory-documents';
import { operator, peopleWith } from '../../support/orderers';
import { World } from '../coordinator/world';

const root = 'r-root';
export const unit = 'ou-root-protected';

/** Clients take long to make. Nothing is ever sent with this one. */
const lambda = new LambdaClient({ region: 'eu-west-1' });

/** The test organization: every account lies under the root, but the one whose fixes need approval. */
export const organization: OrganizationTree = {
  rootId: root,
  units: byId([{ id: unit, name: 'Protected', parentId: root }]),
  accounts: byId(
    Object.entries(accounts).map(([name, id]) => ({
      id,
      name,
      parentId: id === accounts.approval ? unit : root,
    })),
  ),
  readAt: new Date(0),
  tookMilliseconds: 1,
};

function byId(nodes: TreeNode[]): Map<string, TreeNode> {
  return new Map(nodes.map((node) => [node.id, node]));
}

/** The door and the coordinator around one ledger in memory. */
export class DoorWorld {
  readonly world: World;
  readonly tables: MemoryTables;
  readonly kept: KeptOrders;
  readonly logged: { level: string; message: string; details: Record<string, unknown> }[] = [];
  /** What the coordinator was invoked with. */
  readonly invoked: unknown[] = [];
  /** The tree that is kept; undefined where none is. */
  tree: OrganizationTree | undefined = organization;
  /** What becomes of an invocation of the coordinator. */
  invoke: (event: unknown) => Promise<void> = (event) => this.coordinate(event);
  /** Who gave an order before, as is known of him now. */
  asOfNow: (actor: Actor) => Promise<Actor | undefined> = async (actor) => actor;
  /** Whether the time for an answer is over at once: otherwise the answer comes first. */
  isHurried = false;

  constructor(policy: Partial<CompiledPolicy> = {}) {
    const { world, tables } = World.inMemory();
    world.policy = { ...testPolicy, people: peopleWith(), ...policy };
    this.world = world;
    this.tables = tables;
    this.kept = new KeptOrders(world.documents, world.tableName);
  }

  /** The coordinator is invoked with an event. */
  coordinate(event: unknown, remaining = 180_000): Promise<void> {
    return this.givenOrders().take(event, () => remaining);
  }

  givenOrders(documents = this.world.documents): GivenOrders {
    const parts = this.world.parts(documents);
    return new GivenOrders({
      ...parts,
      kept: new KeptOrders(documents, this.world.tableName),
      orders: new Orders(parts),
      organization: {
        place: async (accountId) => {
          const place = await parts.organization.place(accountId);
          const { name, path } = placeIn(organization, accountId);
          return { ...place, path, ...(name !== undefined && { name, sameName: 1 }) };
        },
        unit: async (id) => {
          const path = unitPathIn(organization, id);
          return path && { path };
        },
      },
    });
  }

  /** A door as a fresh process of the orders function makes it. */
  door(documents = this.world.documents): Door {
    const log = (level: string) => (message: string, details: Record<string, unknown>) =>
      this.logged.push({ level, message, details });
    const { policy, tableName, clock } = this.world;
    const parts = doorParts({
      policy,
      documents,
      ledgerTable: tableName,
      savedStatesTable: this.world.savedTableName,
      lambda,
      now: clock.now,
      asOfNow: (actor) => this.asOfNow(actor),
      newKey: randomUUID,
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      pause: async (milliseconds) => clock.advance({ seconds: milliseconds / 1_000 }),
      after: (milliseconds, fire) => {
        if (!this.isHurried) return () => {};
        clock.advance({ seconds: milliseconds / 1_000 });
        fire();
        return () => {};
      },
    });
    return new Door({
      ...parts,
      tree: {
        read: async () => {
          if (this.tree) return this.tree;
          throw new NoTreeError('The ledger holds no tree of the organization that is younger than a day.');
        },
      },
      invoke: (orderKey) => {
        this.invoked.push({ orderKey });
        return this.invoke({ orderKey });
      },
    });
  }

  /** Somebody sends an order; a new one where it has no key. */
  send(order: object, who: CallerIdentity = operator): Promise<Reply> {
    const body = JSON.stringify({ version: 2, key: randomUUID(), ...order });
    return this.sendBody(body, who);
  }

  /** Somebody sends anything. */
  sendBody(body: string | null, who: CallerIdentity = operator): Promise<Reply> {
    return this.door().answer({ body, requestContext: { identity: who } });
  }

  /** An order's answer. */
  async answer(order: object, who: CallerIdentity = operator): Promise<OrderAnswer & { status: number }> {
    const { status, body } = await this.send(order, who);
    if (!('done' in body)) throw new Error('It is worked on.');
    return { ...body, status };
  }

  /** What was logged with these words. */
  logs(message: string | RegExp): Record<string, unknown>[] {
    return this.logged.filter((line) => line.message.match(message)).map(({ details }) => details);
  }
}
