package dev.tactus.sim.hardware;

import dev.tactus.control.hardware.HardwareContractTest;

class SimulatedGo2ContractTest extends HardwareContractTest {
    @Override
    protected Rig open() {
        return new SimulatedRig("unitree_go2");
    }
}
