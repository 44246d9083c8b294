/** Walls with windows, streets with lamps, shop fronts in the colour of their kitchen's state; night and day. */
export const BLOCK_VERTEX = /* glsl */ `
void vertexMain(VertexInput vsInput, inout czm_modelVertexOutput vsOutput) {
  vec3 foot = vsInput.attributes.positionMC;
  vec4 wall = vsInput.attributes.wall;
  v_wallAt = wall;
  v_facing = vsInput.attributes.light;
  v_away = length((czm_modelView * vec4(foot, 1.0)).xyz);
  float grown = 1.0 - smoothstep(u_growFrom, u_growFrom * 1.7, v_away);
  vsOutput.positionMC = foot + normalize(u_origin + foot) * wall.y * (wall.y < 0.9 ? 1.0 : grown);
}
`;

export const BLOCK_FRAGMENT = /* glsl */ `
float random1(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }

// Metres from the middle of the block, whose half is 85 m: the street's middle is the block's edge.
vec3 streetColour(vec2 at) {
  vec2 off = 85.0 - abs(at);
  float across = min(off.x, off.y);
  float along = off.x < off.y ? at.y : at.x;
  float width = max(fwidth(across), 0.02);
  float fine = 1.0 - smoothstep(0.3, 1.6, width);
  float dash = step(0.5, fract(along / 9.0)) * (1.0 - smoothstep(0.14, 0.14 + width, across)) * step(8.0, max(off.x, off.y)) * fine;
  float stripes = step(0.5, fract(across / 1.3)) * step(8.4, max(off.x, off.y)) * step(max(off.x, off.y), 11.4) * step(across, 6.6) * fine;
  vec2 lamp = vec2(fract(along / 28.3) - 0.5, 0.0) * 28.3;
  float pool = exp(-(lamp.x * lamp.x) / 60.0 - (across - 5.0) * (across - 5.0) / 26.0);
  float far = exp(-across * across / 60.0);
  vec3 night = vec3(0.062, 0.068, 0.088) + vec3(1.0, 0.66, 0.32) * mix(far * 0.20, far * 0.07 + pool * 0.30, fine);
  night += vec3(0.20) * (dash + 0.7 * stripes);
  vec3 day = mix(vec3(0.955, 0.945, 0.92), vec3(0.80, 0.80, 0.79), fine * 0.55);
  day = mix(day, vec3(1.0), max(dash, stripes) * 0.9);
  return mix(night, day, u_day);
}

vec3 groundColour(vec2 at) {
  float edge = 77.0 - max(abs(at.x), abs(at.y));
  float pavement = step(edge, 5.0);
  vec3 night = mix(vec3(0.060, 0.086, 0.130), vec3(0.105, 0.105, 0.120), pavement) + vec3(0.16, 0.10, 0.045) * exp(-edge / 9.0);
  vec3 day = mix(vec3(0.862, 0.868, 0.806), vec3(0.90, 0.885, 0.85), pavement);
  return mix(night, day, u_day);
}

vec3 wallColour(vec2 at, float seed, float facing) {
  float kind = floor(seed * 10.0);
  float own = fract(seed * 10.0);
  // One window a room: 3.3 m wide, a floor of 3.1 m; shops and halls have wider ones.
  vec2 size = kind > 1.5 && kind < 3.5 ? vec2(5.2, 4.0) : vec2(3.3, 3.1);
  vec2 cell = floor(at / size);
  vec2 in_ = fract(at / size);
  float coarse = smoothstep(0.35, 1.1, max(fwidth(at.x) / size.x, fwidth(at.y) / size.y));
  float pane = step(0.22, in_.x) * step(in_.x, 0.78) * step(0.28, in_.y) * step(in_.y, 0.82);
  float chance = random1(cell + own * 57.0);
  float lit = step(kind < 0.5 ? 0.66 : 0.72, chance);
  vec3 lamp = mix(vec3(1.0, 0.78, 0.46), vec3(0.86, 0.92, 1.0), step(0.9, chance));
  // Night
  vec3 dark = mix(vec3(0.095, 0.128, 0.200), vec3(0.140, 0.160, 0.222), own) * (0.5 + 0.6 * facing);
  vec3 night = mix(dark, lamp * (0.45 + 0.5 * random1(cell.yx + own)), pane * lit);
  night = mix(night, dark + lamp * 0.085, coarse);
  night += vec3(0.10, 0.06, 0.02) * exp(-at.y / 5.0);
  // Day
  vec3 paint = own < 0.3 ? vec3(0.93, 0.90, 0.84) : own < 0.55 ? vec3(0.88, 0.82, 0.74) : own < 0.8 ? vec3(0.82, 0.85, 0.88) : vec3(0.86, 0.76, 0.68);
  if (kind > 2.5 && kind < 3.5) paint = mix(paint, vec3(0.80, 0.86, 0.90), 0.6);
  vec3 glass = mix(vec3(0.42, 0.50, 0.58), vec3(0.56, 0.66, 0.74), chance);
  vec3 day = mix(paint, mix(glass, paint, 0.15), pane * (1.0 - coarse));
  day = mix(day, mix(paint, glass, 0.24), coarse) * (0.52 + 0.5 * facing);
  return mix(night, day, u_day);
}

vec3 roofColour(float seed, float facing) {
  float kind = floor(seed * 10.0);
  float own = fract(seed * 10.0);
  vec3 night = mix(vec3(0.115, 0.145, 0.215), vec3(0.150, 0.172, 0.235), own);
  vec3 day = kind > 3.5 ? mix(vec3(0.70, 0.40, 0.31), vec3(0.60, 0.44, 0.38), own) : mix(vec3(0.80, 0.79, 0.76), vec3(0.70, 0.72, 0.73), own);
  return mix(night, day, u_day) * (0.5 + 0.5 * facing);
}

vec3 shopColour(vec4 at, float facing, out float glow) {
  ivec2 texel = ivec2(int(at.w + 0.5) % 128, int(at.w + 0.5) / 128);
  ivec4 state = ivec4(texelFetch(u_states, texel, 0) * 255.0 + 0.5);
  vec3 sign_ = texelFetch(u_palette, ivec2(state.r, 0), 0).rgb;
  vec3 wall = mix(vec3(0.10, 0.12, 0.17), vec3(0.90, 0.87, 0.82), u_day) * (0.5 + 0.5 * facing);
  glow = 0.0;
  if (at.x <= 0.0) return wall;
  float high = at.y;
  if (high > 3.4 && high < 4.7) { glow = 1.0; return sign_; }
  float pane = step(0.06, at.x) * step(at.x, 0.94) * step(0.5, high) * step(high, 3.1);
  vec3 inside = mix(vec3(1.0, 0.80, 0.50) * (0.55 + 0.3 * at.x), vec3(0.46, 0.54, 0.60), u_day);
  bool open = (state.g & 2) != 0 && state.r != 6;
  return mix(wall, open ? inside : inside * 0.25, pane);
}

void fragmentMain(FragmentInput fsInput, inout czm_modelMaterial material) {
  int part = int(v_wallAt.z + 0.5);
  float seed = v_wallAt.w;
  vec3 colour = vec3(0.0);
  float glow = 0.0;
  if (part == 0) colour = streetColour(v_wallAt.xw);
  else if (part == 1) colour = groundColour(v_wallAt.xw);
  else if (part == 2) colour = mix(vec3(0.050, 0.120, 0.112), vec3(0.72, 0.82, 0.62), u_day);
  else if (part == 3) colour = mix(vec3(0.125, 0.125, 0.150), vec3(0.90, 0.87, 0.80), u_day);
  else if (part == 4) colour = mix(vec3(0.060, 0.150, 0.120), vec3(0.60, 0.74, 0.55), u_day);
  else if (part == 5) colour = wallColour(v_wallAt.xy, seed, v_facing);
  else if (part == 6) colour = roofColour(seed, v_facing);
  else if (part == 7) colour = mix(vec3(0.060, 0.150, 0.125), mix(vec3(0.44, 0.58, 0.36), vec3(0.54, 0.64, 0.38), seed), u_day) * (0.55 + 0.5 * v_facing);
  else if (part == 8) colour = shopColour(v_wallAt, v_facing, glow);
  else {
    float unused;
    vec4 front = vec4(0.5, 4.0, 8.0, seed);
    colour = mix(mix(vec3(0.10, 0.12, 0.17), vec3(0.84, 0.82, 0.78), u_day), shopColour(front, 1.0, unused), 0.45);
  }
  // Far houses sink into the air of the scene.
  float air = smoothstep(u_growFrom * 0.25, u_growFrom * 1.5, v_away) * (1.0 - glow);
  colour = mix(colour, mix(vec3(0.066, 0.105, 0.175), vec3(0.87, 0.88, 0.80), u_day), air * 0.75);
  material.diffuse = pow(colour, vec3(2.2));
  material.alpha = 1.0;
}
`;
