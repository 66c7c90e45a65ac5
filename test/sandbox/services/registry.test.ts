import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHandlers } from '../../../sandbox/cloudformation/resource-types';
import { serviceNamed, serviceSignedAs, services } from '../../../sandbox/services/registry';
import type { Service } from '../../../sandbox/services/service';

const directory = join(__dirname, '../../../sandbox/services');
const folders = readdirSync(directory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The parts of a service, by the file that each stands in. */
const parts: Readonly<Record<string, keyof Service>> = {
  protocol: 'protocol',
  needs: 'needs',
  policy: 'policy',
  observe: 'observe',
  quirks: 'quirks',
  trail: 'trail',
  deploy: 'resourceTypes',
};

it.each(folders)('%s is registered, with each part that its folder has', async (folder) => {
  const exported: Record<string, Service> = await import(join(directory, folder, 'service'));
  const [service] = Object.values(exported);
  expect(services).toContain(service);
  const files = readdirSync(join(directory, folder)).map((file) => file.replace(/\.ts$/, ''));
  const present = Object.entries(parts).flatMap(([file, part]) => (files.includes(file) ? [part] : []));
  expect(Object.keys(service ?? {}).sort()).toEqual(['name', ...present].sort());
});

it('has a folder for every service', () => {
  expect(services).toHaveLength(folders.length);
});

it('knows each service by a name of its own', () => {
  expect(new Set(services.map(({ name }) => name)).size).toBe(services.length);
  for (const service of services) expect(serviceNamed(service.name)).toBe(service);
});

it('creates each resource type by one service', () => {
  const types = services.flatMap(({ resourceTypes }) => Object.keys(resourceTypes?.() ?? {}));
  expect([...createHandlers().keys()].sort()).toEqual([...new Set(types)].sort());
  expect(new Set(types).size).toBe(types.length);
});

it.each([
  ['monitoring', '/', 'cloudwatch'],
  ['s3', '/bucket/key', 's3'],
  ['s3', '/v20180820/configuration/publicAccessBlock', 's3-control'],
  ['glue', '/', 'glue'],
])('a request signed for %s with the path %s is for %s', (signingName, path, service) => {
  expect(serviceSignedAs(signingName, path)).toBe(service);
});
