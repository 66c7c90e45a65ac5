import type { Detector } from '../../core/detector';
import type { Json } from '../../core/json';
import type { Flag } from '../../core/report';
import type { AccountClients } from '../account-clients';
import type { Telling } from '../lost';
import type { DangerousKind, Planting, PlantingPlace, ResourceKind } from '../resources/kind';
import { dangerousKind, harmlessKind } from './plantings';

/** Makes the clients of an administrator of the named account, of whose calls something may be lost. */
export type ClientsOf = (accountName: string, region: string, lost?: readonly Telling[]) => AccountClients;

/** A resource that stands, with what it must look like at the end. */
export interface PlantedResource {
  kind: ResourceKind;
  dangerous: boolean;
  account: string;
  accountId: string;
  region: string;
  resourceId: string;
  /** The flag that the account must come out with. */
  flag: Flag;
  /** When the last call that made it was sent; milliseconds since the epoch. */
  plantedAt: number;
  /** What becomes of its finding; undefined for a harmless one, of which there must be none. */
  expectedState: 'fixed' | 'reported' | 'waiting' | undefined;
  /** What alone can find it; undefined where several can. */
  expectedDetector?: Detector;
  /** What reading it back must give. */
  expected: Json;
  /** What reading it back gives as long as nobody changes it. */
  planted: Json;
  /** What reading it back gives once its danger was fixed; absent for a harmless one. */
  healed?: Json;
  clients: AccountClients;
}

/** How many resources are made at the same time; more does not make the emulator faster. */
const plantedAtOnce = 4;

/** Makes everything of the plantings, a few at a time. `told` hears of each as it stands. */
export async function plantAll(
  plantings: readonly Planting[],
  clientsOf: ClientsOf,
  flagOf: (account: string) => Flag,
): Promise<PlantedResource[]> {
  const jobs = plantings.flatMap((planting) => {
    const { account, region } = planting;
    const clients = clientsOf(account, region);
    return [
      ...planting.harmless.map(
        (name) => () => plantHarmless(harmlessKind(name), { clients, name }, account, flagOf(account)),
      ),
      ...planting.dangerous.map((name) => () => {
        const kind = dangerousKind(name);
        const own = kind.lost ? clientsOf(account, region, kind.lost) : clients;
        return plantDangerous(kind, { clients: own, name }, account, flagOf(account));
      }),
    ];
  });
  const planted: PlantedResource[] = [];
  const next = jobs.values();
  const worker = async () => {
    for (const job of next) planted.push(await job());
  };
  await Promise.all(Array.from({ length: plantedAtOnce }, worker));
  return planted;
}

async function plantHarmless(
  kind: ResourceKind,
  place: PlantingPlace,
  account: string,
  flag: Flag,
): Promise<PlantedResource> {
  return {
    ...(await plant(kind, place, account, flag)),
    dangerous: false,
    expectedState: undefined,
    expected: kind.planted(place),
    planted: kind.planted(place),
  };
}

async function plantDangerous(
  kind: DangerousKind,
  place: PlantingPlace,
  account: string,
  flag: Flag,
): Promise<PlantedResource> {
  const expectedState = expectation(flag, kind);
  const expectedDetector = onlyDetector(kind);
  return {
    ...(await plant(kind, place, account, flag)),
    dangerous: true,
    expectedState,
    ...(expectedDetector && { expectedDetector }),
    expected: expectedState === 'fixed' ? kind.healed(place) : kind.planted(place),
    planted: kind.planted(place),
    healed: kind.healed(place),
  };
}

async function plant(kind: ResourceKind, place: PlantingPlace, account: string, flag: Flag) {
  const resourceId = await kind.plant(place);
  const { clients } = place;
  const { accountId, region } = clients;
  return { kind, account, accountId, region, resourceId, flag, plantedAt: Date.now(), clients };
}

/** What can find a kind of which something is lost; undefined where several detectors can. */
function onlyDetector({ lost = [] }: DangerousKind): Detector | undefined {
  if (!lost.includes('item')) return lost.includes('event') ? 'rule' : undefined;
  return lost.includes('event') ? 'patrol' : 'trail';
}

function expectation(flag: Flag, { lossy }: DangerousKind): 'fixed' | 'reported' | 'waiting' {
  if (flag === 'off') return 'reported';
  return flag === 'on' && !lossy ? 'fixed' : 'waiting';
}
