import { plantedTypes } from '../../../sandbox/resources/planted';

/** What `npm start` prints is a table of 79 columns, with the text in the second column of five. */
const longestText = 30;

it('says of each dangerous kind in a few words what is wrong, so that a row fits', () => {
  const texts = plantedTypes.flatMap(({ dangerous }) => Object.values(dangerous).map(({ text }) => text));
  expect(texts.filter((text) => text.length > longestText)).toEqual([]);
  expect(new Set(texts).size).toBe(texts.length);
});
