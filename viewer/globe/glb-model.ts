/** A Cesium model from glTF bytes that were computed here. */
import { Axis, type Cartesian3, type CustomShader, Matrix4, Model } from "@cesium/engine";

/** `origin`: where (0, 0, 0) of the mesh lies; its axes are those of the Earth (ECEF). */
export async function modelOf(
  glb: Uint8Array<ArrayBuffer>,
  origin: Cartesian3,
  customShader: CustomShader,
): Promise<Model> {
  const url = URL.createObjectURL(new Blob([glb], { type: "model/gltf-binary" }));
  try {
    return await Model.fromGltfAsync({
      url,
      upAxis: Axis.Z,
      forwardAxis: Axis.X,
      modelMatrix: Matrix4.fromTranslation(origin),
      customShader,
      allowPicking: false,
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
