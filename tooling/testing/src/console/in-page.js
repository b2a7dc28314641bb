// Runs in the page, before its own scripts: looks that only the page itself can take. Plain JavaScript, since it is
// handed to the browser as it stands.
(() => {
  const controls =
    'a[href], button, input, select, textarea, summary, [tabindex="0"], [role=tab], [role=menuitem], [role=option]';

  const nameOf = (element) => {
    const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}> "${text}"`;
  };
  const isShown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    );
  };
  const ancestors = (element) => {
    const chain = [];
    for (let up = element.parentElement; up !== null; up = up.parentElement) chain.push(up);
    return chain;
  };
  const scrollsSideways = (element) =>
    ancestors(element).some((up) => /auto|scroll/.test(getComputedStyle(up).overflowX));

  /** What does not fit the width of the window: the page itself, or controls beyond its edge. */
  const sideways = () => {
    const found = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
    for (const element of document.querySelectorAll(scrollWidth > clientWidth ? 'body *' : controls)) {
      if (!isShown(element) || scrollsSideways(element)) continue;
      const { left, right } = element.getBoundingClientRect();
      if (right > clientWidth + 1 || left < -1) found.push(`${nameOf(element)} from ${left} to ${right}`);
    }
    return found.slice(0, 12);
  };

  /** Texts of which a part is cut off by the box they stand in, so that nobody can read it. */
  const cutTexts = () => {
    const found = [];
    for (const element of document.querySelectorAll('body *')) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
      if (!hasText || !isShown(element) || element.closest('.sr-only, [aria-hidden=true]')) continue;
      const style = getComputedStyle(element);
      const clips = style.overflowY === 'hidden' || style.overflowY === 'clip';
      if (clips && element.scrollHeight > element.clientHeight + 2) found.push(nameOf(element));
      // A label of a control is not shortened either; a cell of a list may be, its page has the whole.
      const label = element.matches(controls) || element.parentElement?.matches('button') === true;
      const wide = style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
      if (label && wide && element.tagName === 'BUTTON') found.push(`${nameOf(element)} is too narrow`);
    }
    return found;
  };

  /** What is wrong with the element that has the focus: nothing of it is seen, or nothing tells that it has it. */
  const focusFaults = () => {
    const element = document.activeElement;
    if (element === null || element === document.body) return [];
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    const inset = Math.min(4, width / 4, height / 4);
    const points = [
      [(left + right) / 2, (top + bottom) / 2],
      [left + inset, top + inset],
      [right - inset, top + inset],
      [left + inset, bottom - inset],
      [right - inset, bottom - inset],
    ];
    const seen = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return (
        top !== null && (element.contains(top) || (top.contains(element) && !top.matches('header, nav')))
      );
    });
    const marked = [element, ...ancestors(element).slice(0, 3)].some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1.5) || boxShadow !== 'none';
    });
    const found = [];
    if (!seen) found.push(`${nameOf(element)} has the focus and is hidden, at ${left}, ${top}`);
    if (!marked) found.push(`${nameOf(element)} has the focus and does not show it`);
    return found;
  };

  /** Where the focus is, so that a walk can tell when it has come around. */
  const focusPlace = () => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    return `${[...document.querySelectorAll('*')].indexOf(element)} ${nameOf(element)}`;
  };

  /** Motion that goes on although none is wanted. */
  const motion = () =>
    document
      .getAnimations()
      .filter(
        ({ playState, effect }) => playState === 'running' && effect.getComputedTiming().activeDuration > 1,
      )
      .map(({ effect }) => nameOf(effect.target));

  globalThis.signalboxLooks = { sideways, cutTexts, focusFaults, focusPlace, motion };
})();
