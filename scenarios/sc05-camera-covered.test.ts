import { cameraCovered } from "./sc05-camera-covered.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(cameraCovered);
