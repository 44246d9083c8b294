/**
 * How a kitchen looks, for the graphics card. All vertices of an instance lie on its spot (POSITION is 0); `_SHAPE` says
 * which corner of which part they are, and the vertex shader spans the parts by distance: at least so many pixels when
 * far, true metres when near. State texture, one texel an instance: r = map state, g = flags and marks, b = type.
 *
 * Parts: 0 the dot on the ground · 1 the beam above it · 2 the glyph on top of the beam · 3 the ring of the selection.
 * Parameter names are parsed as text by Cesium: keep `vsInput`, `vsOutput`, `fsInput`, `material`.
 */

/** Bits of the marks in the state texture, above the flags of the wire. */
export const MARK_SELECTED = 16;
export const MARK_DIMMED = 32;
export const MARK_HOVERED = 64;
/** Outside the area of who is signed in. */
export const MARK_OUTSIDE = 128;

const STATES = /* glsl */ `
const int NORMAL = 0; const int L4 = 1; const int L3 = 2; const int L2 = 3; const int L1 = 4;
const int OFFLINE = 5; const int CLOSED = 6; const int NEVER = 7;
bool isAlert(int state) { return state >= L4 && state <= L1; }
`;

export const KITCHEN_VERTEX = /* glsl */ `
${STATES}
// Height of a beam: metres near, pixels far; and its width in pixels.
vec3 beamOf(int state) {
  if (state == L1) return vec3(190.0, 74.0, 3.4);
  if (state == L2) return vec3(130.0, 44.0, 2.8);
  if (state == L3) return vec3(85.0, 20.0, 2.2);
  if (state == L4) return vec3(48.0, 0.0, 1.8);
  return vec3(0.0);
}

void vertexMain(VertexInput vsInput, inout czm_modelVertexOutput vsOutput) {
  vec3 spot = vsInput.attributes.positionMC;
  vec3 shape = vsInput.attributes.shape;
  ivec4 texel = ivec4(texelFetch(u_states, ivec2(vsInput.featureIds.instanceFeatureId_0 % 128, vsInput.featureIds.instanceFeatureId_0 / 128), 0) * 255.0 + 0.5);
  int state = texel.r;
  bool selected = (texel.g & 16) != 0;
  bool dimmed = (texel.g & 32) != 0;
  bool hovered = (texel.g & 64) != 0;
  bool outside = (texel.g & 128) != 0;
  bool unseen = (texel.g & 1) != 0;
  int part = int(shape.z + 0.5);

  vec3 spotEC = (czm_modelView * vec4(spot, 1.0)).xyz;
  float distance = length(spotEC);
  float metres = 2.0 * distance / (czm_projection[1][1] * czm_viewport.w) * u_pixelRatio;
  vec3 right = (czm_inverseModelView * vec4(1.0, 0.0, 0.0, 0.0)).xyz;
  vec3 above = (czm_inverseModelView * vec4(0.0, 1.0, 0.0, 0.0)).xyz;
  vec3 back = -normalize((czm_inverseModelView * vec4(spotEC, 0.0)).xyz);
  vec3 up = normalize(u_origin + spot);
  vec3 side = normalize(cross(up, back));

  // 0 far (the whole city), 1 near (a street).
  float near = 1.0 - smoothstep(3.0, 160.0, metres);
  float street = 1.0 - smoothstep(1.0, 7.0, metres);
  vec3 beam = beamOf(state);
  float height = max(beam.x, (beam.y + 26.0 * near * sign(beam.x)) * metres);
  bool alert = isAlert(state);
  bool shown = alert == (u_alerts > 0.5);
  float size = 0.0;
  vec3 at = spot;
  vec3 corner = vec3(0.0);

  if (part == 0) {
    float least = alert ? mix(2.1, 5.6, near) + float(state) * 0.25 : mix(1.25, 3.6, near);
    if (state >= CLOSED) least *= 0.8;
    size = max(least, min(4.5 / metres, alert ? 11.0 : 7.5));
    if (outside) size = min(size, 2.6);
    if (hovered) size += 2.0;
    corner = (right * shape.x + above * shape.y) * (size + 1.5) * metres;
    // In a street the sign floats over the shop's roof, in front of the houses behind it.
    at = spot + up * 9.5 * street + back * (alert ? min(distance * (selected ? 0.3 : 0.15), selected ? 500.0 : 60.0) : 8.0 * street);
  } else if (part == 1) {
    float width = beam.z * (selected || hovered ? 1.5 : 1.0) * mix(0.8, 1.35, near);
    size = width;
    corner = side * shape.x * (width + 1.0) * metres + up * (shape.y * 0.5 + 0.5) * height;
    if (beam.x == 0.0 || (height < 2.0 * metres)) shown = false;
  } else if (part == 2) {
    // Far away only the two highest levels carry their sign, near all of them.
    float least = state >= L2 ? mix(4.2, 9.5, near) + float(state - L2) * 1.8 : 8.2 * smoothstep(0.62, 0.9, near);
    size = least * (hovered || selected ? 1.25 : 1.0);
    if (state == L1 && unseen) size *= 1.0 + 0.22 * u_pulse;
    at = spot + up * (height + size * metres);
    corner = (right * shape.x + above * shape.y) * (size + 1.5) * metres;
    if (least < 2.0 || !alert) shown = false;
  } else {
    size = max(15.0, min(9.0 / metres, 22.0));
    at = spot + up * 9.5 * street + back * min(distance * 0.3, 500.0);
    corner = (right * shape.x + above * shape.y) * (size + 2.0) * metres;
    shown = selected && (u_alerts > 0.5);
  }

  v_corner = shape.xy;
  // Quiet and out of hours: the lights are down.
  float asleep = state == NORMAL && (texel.g & 2) == 0 ? mix(0.62, 0.5, u_day) : 1.0;
  v_look = vec4(float(state), float(part), size, outside ? 0.75 : dimmed && !selected ? 0.16 : asleep);
  v_unseen = unseen ? 1.0 : 0.0;
  vsOutput.positionMC = shown ? at + corner : spot;
}
`;

/** Signed distances in a box of -1 … 1, negative inside. */
const SHAPES = /* glsl */ `
float box(vec2 p, vec2 half_) { vec2 d = abs(p) - half_; return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0); }
float diamond(vec2 p, float r) { return (abs(p.x) + abs(p.y) - r) * 0.7071; }
float triangle(vec2 p, float r) {
  const float k = 1.7320508;
  p.y = -(p.y) + r * 0.22; p.y = -p.y;
  p.x = abs(p.x) - r; p.y = p.y + r / k;
  if (p.x + k * p.y > 0.0) p = vec2(p.x - k * p.y, -k * p.x - p.y) / 2.0;
  p.x -= clamp(p.x, -2.0 * r, 0.0);
  return -length(p) * sign(p.y);
}
float octagon(vec2 p, float r) { p = abs(p); return max(max(p.x, p.y) - r, (p.x + p.y) * 0.7071 - r); }
float glyph(int state, vec2 p) {
  if (state == L4) return triangle(p, 0.86);
  if (state == L3) return diamond(p, 0.98);
  if (state == L2) return box(p, vec2(0.76));
  if (state == L1) return octagon(p, 0.92);
  if (state == OFFLINE) return abs(length(p) - 0.68) - 0.24;
  if (state == CLOSED) return box(p, vec2(0.86, 0.26));
  if (state == NEVER) { vec2 q = vec2(p.x + p.y, p.x - p.y) * 0.7071; return min(box(q, vec2(0.86, 0.2)), box(q, vec2(0.2, 0.86))); }
  return length(p) - 0.84;
}
// The exclamation mark in the sign of L1 and L2.
float mark(vec2 p) { return min(box(p - vec2(0.0, 0.16), vec2(0.12, 0.34)), length(p + vec2(0.0, 0.48)) - 0.15); }
`;

export const KITCHEN_FRAGMENT = /* glsl */ `
${STATES}
${SHAPES}
void fragmentMain(FragmentInput fsInput, inout czm_modelMaterial material) {
  int state = int(v_look.x + 0.5);
  int part = int(v_look.y + 0.5);
  float size = v_look.z;
  vec3 colour = texelFetch(u_palette, ivec2(state, 0), 0).rgb;
  float alpha = 1.0;
  if (part == 1) {
    // A ribbon of light: bright core, soft sides, fading towards the foot.
    float across = abs(v_corner.x) * (size + 1.0) / size;
    float rise = v_corner.y * 0.5 + 0.5;
    float core = 1.0 - smoothstep(0.16, 0.55, across);
    float halo = 1.0 - smoothstep(0.1, 1.0, across);
    alpha = mix(halo * 0.4, 1.0, core) * mix(0.28, 1.0, rise) * (1.0 - smoothstep(1.0, 1.15, across));
    colour = mix(colour, vec3(1.0), core * 0.35 * (1.0 - u_day));
  } else if (part == 3) {
    float d = abs(length(v_corner) * (size + 2.0) - size) - 1.6;
    alpha = clamp(0.5 - d, 0.0, 1.0);
    colour = mix(vec3(1.0), vec3(0.07, 0.12, 0.2), u_day);
  } else {
    vec2 p = v_corner * (size + 1.5) / size;
    float d = (size < 3.0 ? length(p) - 0.84 : glyph(state, p)) * size;
    float inside = clamp(0.5 - d, 0.0, 1.0);
    float rim = clamp(0.5 - (d - 1.35), 0.0, 1.0);
    vec3 edge = mix(vec3(0.02, 0.04, 0.08), vec3(1.0), u_day);
    alpha = max(inside, rim * (part == 2 ? 0.95 : (size < 3.0 ? 0.25 : 0.7)));
    if (part == 2 && state >= L2) {
      float sign_ = clamp(0.5 - mark(p) * size, 0.0, 1.0);
      colour = mix(colour, mix(vec3(0.05, 0.02, 0.03), vec3(1.0), u_day), sign_ * step(6.0, size));
    }
    colour = mix(edge, colour, inside);
  }
  alpha *= v_look.w;
  if (alpha < 0.02) discard;
  material.diffuse = pow(colour, vec3(2.2));
  material.alpha = alpha;
}
`;
