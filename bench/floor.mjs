// The floor: undici GET, the whole body, one htmlparser2 pass for the title; nothing else. `floor.mjs LIST`
import { Parser } from 'htmlparser2';
import { runFloor } from './floor-loop.mjs';

await runFloor(process.argv[2], async (body, statusCode) => {
  const text = await body.text();
  let inTitle = false;
  let title = '';
  const parser = new Parser({
    onopentag: (name) => {
      inTitle = name === 'title';
    },
    ontext: (data) => {
      if (inTitle) title += data;
    },
    onclosetag: () => {
      inTitle = false;
    },
  });
  parser.end(text);
  return statusCode < 400 && title !== '';
});
process.exit(0);
