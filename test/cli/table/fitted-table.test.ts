import pc from 'picocolors';
import { type Column, fittedTable } from '../../../cli/table/fitted-table';
import { wrapped } from '../../../cli/table/wrapped';

interface Row {
  name: string;
  text: string;
}

const name: Column<Row> = { title: 'name', cell: (row) => row.name };
const text: Column<Row> = { title: 'text', cell: (row) => row.text, least: 9 };
const rows = [{ name: 'a-name-of-16-one', text: 'the beginning, and the end' }];
const colours = pc.createColors(false);

function fitted(columns: number, dispensable: Column<Row>[] = []) {
  return fittedTable(rows, [name, text], dispensable, { colours, columns });
}

describe('a table', () => {
  it('is as wide as its cells where there is room', () => {
    expect(fitted(Number.POSITIVE_INFINITY)).toEqual({
      text: [
        'name              text',
        '────────────────  ──────────────────────────',
        'a-name-of-16-one  the beginning, and the end',
      ].join('\n'),
      left: [],
      cut: false,
    });
  });

  it('first cuts the middle of what may become narrower', () => {
    const table = fitted(35, [text]);

    expect(table.text).toContain('a-name-of-16-one  the begi… the end');
    expect(table).toMatchObject({ left: [], cut: true });
  });

  it('takes first from a column that yields', () => {
    const yielding = { ...name, least: 9, yields: true };
    const { text: table } = fittedTable(rows, [yielding, text], [], { colours, columns: 37 });

    expect(table).toContain('a-na…-one  the beginning, and the end');
  });

  it('then goes without a column that can be spared', () => {
    expect(fitted(25, [text])).toMatchObject({ left: ['text'], cut: false });
  });

  it.each([20, 25, 30, 40])('fits into %d columns whatever it takes, and is aligned', (columns) => {
    const [titles = '', rule = '', row = ''] = fitted(columns).text.split('\n');

    expect(Math.max(titles.length, rule.length, row.length)).toBeLessThanOrEqual(columns);
    expect(titles.lastIndexOf('  ')).toBe(rule.lastIndexOf('  '));
    expect(row.slice(rule.lastIndexOf('  '))).toMatch(/^ {2}\S/);
  });
});

describe('wrapped', () => {
  it('breaks between words, and indents what goes on', () => {
    expect(wrapped('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four']);
  });

  it('loses nothing of a word that is too long', () => {
    expect(wrapped('a muchtoolongword b', 6, '  ').join(' ').replace(/ +/g, ' ')).toBe('a muchtoolongword b');
  });
});
