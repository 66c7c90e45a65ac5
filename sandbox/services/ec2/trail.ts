import type { Trail } from '../service';

/** Security groups, by id or name, and what is tagged. */
export const trail: Trail = { namedBy: ['GroupId', 'GroupName', 'ResourceId'] };
