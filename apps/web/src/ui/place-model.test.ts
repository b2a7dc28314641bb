import { expect, it } from 'vitest';
import { placeBeside } from './place-model.ts';

const screen = { width: 390, height: 800 };
const box = { width: 200, height: 40 };

it('stands above the middle of its anchor', () => {
  expect(placeBeside({ left: 150, top: 300, width: 60, height: 20 }, box, screen)).toEqual({
    left: 80,
    top: 254,
  });
});

it('goes below where there is no room above', () => {
  expect(placeBeside({ left: 150, top: 10, width: 60, height: 20 }, box, screen).top).toBe(36);
});

it('never reaches over the edge of the screen', () => {
  for (const left of [0, 380]) {
    const place = placeBeside({ left, top: 300, width: 10, height: 20 }, box, screen);
    expect(place.left).toBeGreaterThanOrEqual(0);
    expect(place.left + box.width).toBeLessThanOrEqual(screen.width);
  }
});
