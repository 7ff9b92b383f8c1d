/** Lengths of the picture, in pixels. Texts are of a font of one width, whose cells are a little narrower than these. */
export const SIZES = {
  margin: 24,
  /** Of a cell of a box's title, and of a further line. */
  titleCell: 7.6,
  lineCell: 6.8,
  titleHeight: 19,
  lineHeight: 15,
  padding: 10,
  gap: 8,
  siteWidth: 340,
  networkWidth: 460,
  /** Between the top sides of two blocks, and below a heading. */
  blockGap: 22,
  headingHeight: 34,
  tunnelPitch: 38,
  tunnelCells: 32,
  /** Between the trunks of two gateways. */
  trunkGap: 14,
  columnGap: 36,
} as const;
