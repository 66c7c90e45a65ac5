import { fixAndUndoLists, sharedTypes } from '../resources/shares-over-aws';

it.each(sharedTypes)(
  'takes nobody who may stay from 2,000 lists, and gives all back: $name',
  async (type) => {
    await fixAndUndoLists(type, 2_000, 20_261_128);
  },
  600_000,
);
