import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from '../../src/queue/frame.ts';
import { runs } from '../property.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 });

test('what is packed comes back, byte for byte', async () => {
  const data = fc.record({
    json: fc.jsonValue({ maxDepth: 3 }),
    bodies: fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 4 }),
    pictures: fc.array(fc.tuple(text, fc.record({ bytes: fc.uint8Array({ maxLength: 50 }), type: text }))),
  });
  await fc.assert(
    fc.asyncProperty(data, fc.boolean(), async ({ json, bodies, pictures }, asBuffers) => {
      const bytes = (body: Uint8Array) => (asBuffers ? Buffer.from(body) : body);
      const value = { json, bodies: bodies.map(bytes), pictures: new Map(pictures), none: null };
      const back = await unpack(await pack(value));
      expect(back).toEqual({
        json: JSON.parse(JSON.stringify(json)),
        bodies: bodies.map((body) => Buffer.from(body)),
        pictures: [...new Map(pictures)].map(([name, { bytes: own, type }]) => [
          name,
          { bytes: Buffer.from(own), type },
        ]),
        none: null,
      });
    }),
    runs(60),
  );
});

test('bytes that are no frame are refused', async () => {
  await expect(unpack(Buffer.from([1, 2, 3]))).rejects.toThrow();
  await expect(unpack(Buffer.from([0, 0, 0, 0, 9, 1]))).rejects.toThrow();
});
